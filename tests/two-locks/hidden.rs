//! What `Accounts` must do, under every schedule of two threads that use them at once.

use std::sync::Arc;
use std::thread::{self, JoinHandle};

use kata_test::prelude::*;
use two_locks::Accounts;

/// Does `work` with the accounts on a thread of its own.
fn at_once<T: Send + 'static>(
    accounts: &Arc<Accounts>,
    work: impl FnOnce(&Accounts) -> T + Send + 'static,
) -> JoinHandle<T> {
    let accounts = Arc::clone(accounts);
    thread::spawn(move || work(&accounts))
}

fn ended<T>(thread: JoinHandle<T>) -> T {
    thread.join().expect("moving money does not panic")
}

#[kata_test::test]
fn one_thread_moves_money() {
    let accounts = Accounts::new(100, 50);
    check_eq!(accounts.balances(), (100, 50), "new accounts");
    check!(
        accounts.save(30),
        "30 of 100 are there, and save(30) returned false"
    );
    check_eq!(accounts.balances(), (70, 80), "after save(30)");
    check!(
        accounts.take_back(20),
        "20 of 80 are there, and take_back(20) returned false"
    );
    check_eq!(accounts.balances(), (90, 60), "after take_back(20)");
}

#[kata_test::test]
fn only_what_is_there_is_moved() {
    let accounts = Accounts::new(10, 5);
    check!(!accounts.save(11), "save(11) of 10 returned true");
    check!(!accounts.take_back(6), "take_back(6) of 5 returned true");
    check_eq!(
        accounts.balances(),
        (10, 5),
        "after two moves that cannot be made"
    );
    check!(accounts.save(10), "save(10) of 10 returned false");
    check_eq!(accounts.balances(), (0, 15), "after save(10) of 10");
    check!(accounts.take_back(15), "take_back(15) of 15 returned false");
    check_eq!(accounts.balances(), (15, 0), "after take_back(15) of 15");
}

#[kata_test::test]
fn both_ways_at_once() {
    let accounts = Arc::new(Accounts::new(100, 50));
    let saver = at_once(&accounts, |accounts| accounts.save(30));
    let spender = at_once(&accounts, |accounts| accounts.take_back(10));
    let moved = (ended(saver), ended(spender));
    check_eq!(moved, (true, true), "save(30) and take_back(10), of plenty");
    check_eq!(accounts.balances(), (80, 70), "after both moves");
}

#[kata_test::test]
fn a_reader_sees_whole_moves() {
    let accounts = Arc::new(Accounts::new(100, 50));
    let saver = at_once(&accounts, |accounts| accounts.save(30));
    let (current, savings) = accounts.balances();
    check_eq!(current + savings, 150, "the sum of both, during a move");
    ended(saver);

    let spender = at_once(&accounts, |accounts| accounts.take_back(10));
    let (current, savings) = accounts.balances();
    check_eq!(current + savings, 150, "the sum of both, during a move back");
    ended(spender);
}

#[kata_test::test]
fn nothing_is_made() {
    let accounts = Arc::new(Accounts::new(10, 0));
    let one = at_once(&accounts, |accounts| accounts.save(10));
    let other = at_once(&accounts, |accounts| accounts.save(10));
    let moved = [ended(one), ended(other)];
    let made = moved.iter().filter(|moved| **moved).count();
    check_eq!(made, 1, "moves of the same 10 that were made");
    check_eq!(
        accounts.balances(),
        (0, 10),
        "after two threads wanted the same 10"
    );
}
