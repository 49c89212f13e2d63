//! What an account must do.

use account::Account;
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
    check_eq!(account.balance().await, 20);
}

#[kata_test::test]
async fn fees_are_taken_in_turn() {
    let account = Account::new(10);
    account.fees(vec![8, 5]).await;
    check_eq!(
        account.balance().await,
        2,
        "fees of 8 and of 5 on a balance of 10"
    );
}

#[kata_test::test]
async fn the_bank_takes_a_second() {
    let start = Instant::now();
    check!(Account::new(1).withdraw(1).await, "1 from 1");
    check_eq!(start.elapsed(), secs(1));
}
