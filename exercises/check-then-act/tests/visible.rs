//! Tests to run while you work: `cargo test -p check-then-act`. `kata check` runs more.

use std::thread;

use check_then_act::{Account, Refused};

#[test]
fn money_goes_in_and_out() {
    let account = Account::new(100);
    assert_eq!(account.deposit(50), Ok(150));
    assert_eq!(account.withdraw(30), Ok(120));
    assert_eq!(account.balance(), 120);
}

#[test]
fn only_what_is_there_is_paid_out() {
    let account = Account::new(10);
    assert_eq!(account.withdraw(11), Err(Refused::Overdrawn { balance: 10 }));
    assert_eq!(account.balance(), 10);
}

#[test]
fn a_closed_account_is_closed() {
    let account = Account::new(40);
    assert_eq!(account.close(), Ok(40));
    assert_eq!(account.deposit(5), Err(Refused::Closed));
    assert_eq!(account.balance(), 0);
}

/// A race shows here if the machine wills it: whoever fails has one, and whoever passes may have one still.
#[test]
fn four_threads_empty_the_account() {
    let account = Account::new(100_000);
    let withdraw_all = || (0..100_000).filter(|_| account.withdraw(1).is_ok()).count();
    let paid_out: usize = thread::scope(|scope| {
        let threads = [(); 4].map(|()| scope.spawn(withdraw_all));
        threads.map(|thread| thread.join().unwrap()).iter().sum()
    });
    assert_eq!(paid_out, 100_000);
    assert_eq!(account.balance(), 0);
}
