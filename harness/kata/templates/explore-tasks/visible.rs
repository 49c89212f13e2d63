//! Tests to run while you work: `cargo test -p {{slug}}`. `kata check` runs more.

use {{crate}}::Account;

#[tokio::test]
async fn what_is_there_is_paid_out() {
    let account = Account::new(100);
    assert!(account.withdraw(80).await);
    assert!(!account.withdraw(80).await);
    assert_eq!(account.balance().await, 20);
}
