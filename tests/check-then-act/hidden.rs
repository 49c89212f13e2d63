//! What an `Account` must do, under every schedule of two threads that use it at once.

use std::sync::Arc;
use std::thread::{self, JoinHandle};

use check_then_act::{Account, Refused};
use kata_test::prelude::*;

type Answer = Result<u64, Refused>;

const fn overdrawn(balance: u64) -> Answer {
    Err(Refused::Overdrawn { balance })
}

/// Does `work` with the account on a thread of its own.
fn at_once(
    account: &Arc<Account>,
    work: impl FnOnce(&Account) -> Answer + Send + 'static,
) -> JoinHandle<Answer> {
    let account = Arc::clone(account);
    thread::spawn(move || work(&account))
}

fn answer(thread: JoinHandle<Answer>) -> Answer {
    thread.join().expect("the account does not panic")
}

#[kata_test::test]
fn money_goes_in_and_out() {
    let account = Account::new(100);
    check_eq!(account.balance(), 100, "the balance of Account::new(100)");
    check_eq!(account.deposit(50), Ok(150), "deposit(50) to 100");
    check_eq!(account.withdraw(30), Ok(120), "withdraw(30) from 150");
    check_eq!(account.balance(), 120, "the balance after that");
    check_eq!(account.withdraw(120), Ok(0), "withdraw(120) from 120");
    check_eq!(account.deposit(1), Ok(1), "deposit(1) to an empty account");
    check_eq!(Account::new(5).balance(), 5, "the balance of another account");
}

#[kata_test::test]
fn only_what_is_there_is_paid_out() {
    let account = Account::new(10);
    check_eq!(account.withdraw(11), overdrawn(10), "withdraw(11) from 10");
    check_eq!(account.balance(), 10, "the balance after a refusal");
    check_eq!(account.withdraw(10), Ok(0), "withdraw(10) from 10");
    check_eq!(account.withdraw(1), overdrawn(0), "withdraw(1) from 0");
    check_eq!(account.withdraw(0), Ok(0), "withdraw(0) from 0");
}

#[kata_test::test]
fn a_closed_account_is_closed() {
    let account = Account::new(40);
    check_eq!(account.close(), Ok(40), "close() with 40");
    check_eq!(account.balance(), 0, "the balance of a closed account");
    check_eq!(
        account.deposit(5),
        Err(Refused::Closed),
        "deposit(5) after close()"
    );
    check_eq!(
        account.withdraw(5),
        Err(Refused::Closed),
        "withdraw(5) after close()"
    );
    check_eq!(
        account.withdraw(0),
        Err(Refused::Closed),
        "withdraw(0) after close()"
    );
    check_eq!(account.close(), Err(Refused::Closed), "close() after close()");
    check_eq!(account.balance(), 0, "the balance after all that");
    check_eq!(Account::new(0).close(), Ok(0), "close() of an empty account");
}

#[kata_test::test]
fn nobody_overdraws() {
    let account = Arc::new(Account::new(100));
    let other = at_once(&account, |account| account.withdraw(70));
    let mine = account.withdraw(70);
    let mut answers = [mine, answer(other)];
    answers.sort_by_key(Result::is_err);
    check_eq!(
        answers,
        [Ok(30), overdrawn(30)],
        "two threads that withdraw 70 from 100"
    );
    check_eq!(account.balance(), 30, "the balance after that");
}

#[kata_test::test]
fn no_money_is_lost() {
    let account = Arc::new(Account::new(100));
    let depositing = at_once(&account, |account| account.deposit(50));
    let withdrawn = account.withdraw(30);
    let answers = (withdrawn, answer(depositing));
    check_eq!(account.balance(), 120, "100, after withdraw(30) and deposit(50)");
    check!(
        [(Ok(70), Ok(120)), (Ok(120), Ok(150))].contains(&answers),
        "withdraw(30) and deposit(50) with 100 gave {answers:?}, which no order of the two can give"
    );
}

#[kata_test::test]
fn a_refusal_is_true_and_harmless() {
    let account = Arc::new(Account::new(100));
    let greedy = at_once(&account, |account| account.withdraw(150));
    let withdrawn = account.withdraw(70);
    check_eq!(
        withdrawn,
        Ok(30),
        "withdraw(70) from 100, while another thread wants 150"
    );
    let deposited = account.deposit(150);
    check_eq!(
        deposited,
        Ok(180),
        "deposit(150) to 30, while another thread wants 150"
    );
    let greedy = answer(greedy);
    check!(
        [overdrawn(100), overdrawn(30), Ok(30)].contains(&greedy),
        "withdraw(150) gave {greedy:?}, while the balance went from 100 to 30 and to 180"
    );
}

#[kata_test::test]
fn nothing_falls_into_a_closed_account() {
    let account = Arc::new(Account::new(100));
    let depositing = at_once(&account, |account| account.deposit(50));
    let answers = (account.close(), answer(depositing));
    check!(
        [(Ok(150), Ok(150)), (Ok(100), Err(Refused::Closed))].contains(&answers),
        "close() and deposit(50) with 100 gave {answers:?}, which no order of the two can give"
    );
    check_eq!(account.balance(), 0, "the balance of a closed account");
}

#[kata_test::test]
fn the_rest_is_paid_out_once() {
    let account = Arc::new(Account::new(100));
    let closing = at_once(&account, Account::close);
    let mut answers = [account.close(), answer(closing)];
    answers.sort_by_key(Result::is_err);
    check_eq!(
        answers,
        [Ok(100), Err(Refused::Closed)],
        "two threads that close an account with 100"
    );

    let account = Arc::new(Account::new(100));
    let closing = at_once(&account, Account::close);
    let answers = (account.withdraw(100), answer(closing));
    check!(
        [(Ok(0), Ok(0)), (Err(Refused::Closed), Ok(100))].contains(&answers),
        "withdraw(100) and close() with 100 gave {answers:?}, which no order of the two can give"
    );
}
