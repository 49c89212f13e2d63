//! Tests to run while you work: `cargo test -p transfer`. `kata check` runs more.

use transfer::{Bank, Error};

#[test]
fn money_moves_between_any_two_accounts() {
    let bank = Bank::new(vec![100, 50, 0]);
    assert_eq!(bank.transfer(0, 1, 30), Ok(()));
    assert_eq!(bank.transfer(2, 0, 1), Err(Error::TooLittle { balance: 0 }));
    assert_eq!(bank.transfer(1, 2, 80), Ok(()));
    assert_eq!(bank.balances(), [70, 0, 80]);
}

#[test]
fn an_account_that_does_not_exist_is_named() {
    let bank = Bank::new(vec![100, 50]);
    assert_eq!(bank.transfer(0, 2, 30), Err(Error::UnknownAccount(2)));
    assert_eq!(bank.inspect(3, |balance| balance), Err(Error::UnknownAccount(3)));
    assert_eq!(bank.balances(), [100, 50]);
}

#[test]
fn an_account_is_inspected() {
    let bank = Bank::new(vec![100, 50]);
    assert_eq!(bank.inspect(1, |balance| balance > 20), Ok(true));
}
