//! Tests to run while you work: `cargo test -p two-locks`. `kata check` runs more.

use two_locks::Accounts;

#[test]
fn money_moves_both_ways() {
    let accounts = Accounts::new(100, 50);
    assert!(accounts.save(30));
    assert!(accounts.take_back(20));
    assert_eq!(accounts.balances(), (90, 60));
}

#[test]
fn only_what_is_there_is_moved() {
    let accounts = Accounts::new(10, 5);
    assert!(!accounts.save(11));
    assert!(!accounts.take_back(6));
    assert_eq!(accounts.balances(), (10, 5));
}
