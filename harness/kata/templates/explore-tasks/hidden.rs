//! What an `Account` must do, in every order of the tasks that withdraw.

use {{crate}}::Account;
use kata_test::prelude::*;
use tokio::time::Instant;

#[kata_test::test]
async fn nobody_overdraws() {
    let account = Account::new(100);
    let theirs = account.clone();
    let other = tokio::spawn(async move { theirs.withdraw(80).await });
    let mine = account.withdraw(80).await;
    let others = other.await.expect("a withdrawal does not panic");
    check!(!(mine && others), "80 was withdrawn twice from 100");
    check_eq!(account.balance().await, 20, "the balance after one of two withdrawals");
}

#[kata_test::test]
async fn the_bank_is_asked() {
    let start = Instant::now();
    check!(Account::new(1).withdraw(1).await, "1 from 1");
    check_eq!(start.elapsed(), secs(1), "a withdrawal");
}
