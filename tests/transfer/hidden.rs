//! What a `Bank` must do, under every schedule of the two or three threads that use it at once.

use std::panic;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Barrier};
use std::thread::{self, JoinHandle};

use kata_test::prelude::*;
use transfer::{Bank, Error};

fn bank<const ACCOUNTS: usize>(balances: [u64; ACCOUNTS]) -> Arc<Bank> {
    Arc::new(Bank::new(balances.to_vec()))
}

/// Does `work` with the bank on a thread of its own, which has a name.
fn at_once<T: Send + 'static>(
    name: &str,
    bank: &Arc<Bank>,
    work: impl FnOnce(&Bank) -> T + Send + 'static,
) -> JoinHandle<T> {
    let bank = Arc::clone(bank);
    let thread = thread::Builder::new().name(name.to_owned());
    thread
        .spawn(move || work(&bank))
        .expect("there is room for a few threads")
}

/// A transfer on a thread of its own.
fn pays(bank: &Arc<Bank>, from: usize, to: usize, amount: u64) -> JoinHandle<Result<(), Error>> {
    at_once(&format!("{from} → {to}"), bank, move |bank| {
        bank.transfer(from, to, amount)
    })
}

fn ended<T>(thread: JoinHandle<T>) -> T {
    thread
        .join()
        .unwrap_or_else(|panicked| panic::resume_unwind(panicked))
}

#[kata_test::test]
fn one_thread_moves_what_is_there() {
    let bank = bank([100, 50, 0]);
    check_eq!(bank.balances(), [100, 50, 0], "a new bank");
    check_eq!(bank.transfer(0, 1, 30), Ok(()), "30 of 100, from 0 to 1");
    check_eq!(bank.transfer(1, 2, 80), Ok(()), "all 80, from 1 to 2");
    check_eq!(bank.transfer(2, 0, 10), Ok(()), "10 of 80, from 2 to 0");
    check_eq!(
        bank.transfer(1, 2, 0),
        Ok(()),
        "nothing, from 1, which has nothing"
    );
    check_eq!(bank.balances(), [80, 0, 70], "after four transfers");
    check_eq!(bank.inspect(2, |balance| balance + 1), Ok(71), "account 2, and 1");

    for (from, to, error) in [
        (0, 1, Error::TooLittle { balance: 80 }),
        (2, 1, Error::TooLittle { balance: 70 }),
        (0, 3, Error::UnknownAccount(3)),
        (3, 1, Error::UnknownAccount(3)),
        (5, 4, Error::UnknownAccount(5)),
    ] {
        check_eq!(
            bank.transfer(from, to, 81),
            Err(error),
            "81 from {from} to {to}, where there are 80, 0 and 70"
        );
    }
    let mut looked = false;
    let inspected = bank.inspect(3, |_| looked = true);
    check_eq!(
        inspected,
        Err(Error::UnknownAccount(3)),
        "account 3 of 0, 1 and 2, inspected"
    );
    check!(!looked, "look was called, for an account that does not exist");
    check_eq!(
        bank.balances(),
        [80, 0, 70],
        "after five transfers that cannot be made"
    );
}

#[kata_test::test]
fn an_account_pays_itself() {
    let bank = bank([10, 5]);
    check_eq!(bank.transfer(0, 0, 10), Ok(()), "all 10, from 0 to 0");
    check_eq!(
        bank.transfer(1, 1, 6),
        Err(Error::TooLittle { balance: 5 }),
        "6 of 5, from 1 to 1"
    );
    check_eq!(
        bank.transfer(2, 2, 1),
        Err(Error::UnknownAccount(2)),
        "from 2 to 2, where 0 and 1 exist"
    );
    check_eq!(bank.balances(), [10, 5], "after they paid themselves");
}

#[kata_test::test]
fn a_circle_of_three() {
    let bank = bank([10, 20, 30]);
    let in_a_circle =
        [(0, 1, 1), (1, 2, 2), (2, 0, 3)].map(|(from, to, amount)| pays(&bank, from, to, amount));
    check_eq!(
        in_a_circle.map(ended),
        [Ok(()); 3],
        "1 from 0 to 1, 2 from 1 to 2 and 3 from 2 to 0, of plenty"
    );
    check_eq!(bank.balances(), [12, 19, 29], "after the three transfers");
}

#[kata_test::test]
fn nothing_is_made() {
    let bank = bank([10, 0, 0]);
    let one = pays(&bank, 0, 1, 10);
    let other = pays(&bank, 0, 2, 10);
    let mut results = [ended(one), ended(other)];
    results.sort_by_key(Result::is_err);
    check_eq!(
        results,
        [Ok(()), Err(Error::TooLittle { balance: 0 })],
        "two transfers of the same 10, the one that was made first"
    );
    let balances = bank.balances();
    check!(
        balances == [0, 10, 0] || balances == [0, 0, 10],
        "after two threads wanted the same 10, the balances are {balances:?}"
    );
}

#[kata_test::test]
fn a_reader_sees_whole_transfers() {
    let bank = bank([10, 20, 30]);
    let up = pays(&bank, 0, 2, 5);
    let down = pays(&bank, 2, 1, 5);
    let balances = bank.balances();
    check_eq!(
        balances.iter().sum::<u64>(),
        60,
        "the sum of {balances:?}, during transfers from 0 to 2 and from 2 to 1"
    );
    check_eq!([ended(up), ended(down)], [Ok(()); 2], "both transfers, of plenty");
}

/// Back and forth, so that the richer of the two changes: an order by balances changes with it, and whoever reads
/// until he has seen the same twice can see the same wrong balances twice.
#[kata_test::test]
fn back_and_forth() {
    let bank = bank([10, 9]);
    let threads = [(0, 1), (1, 0), (0, 1)].map(|(from, to)| pays(&bank, from, to, 4));
    let balances = bank.balances();
    check_eq!(
        balances.iter().sum::<u64>(),
        19,
        "the sum of {balances:?}, while 4 go from 0 to 1, from 1 to 0 and from 0 to 1"
    );
    check_eq!(
        threads.map(ended),
        [Ok(()); 3],
        "4 from 0 to 1, from 1 to 0 and from 0 to 1, of plenty"
    );
    check_eq!(bank.balances(), [6, 13], "after the three transfers");
}

#[kata_test::test]
fn an_inspected_account_stays_as_it_is() {
    let bank = bank([10, 0]);
    let paid = Arc::new(AtomicBool::new(false));
    let seen = Arc::clone(&paid);
    // If the transfer has come back before `look` does, it was made before `look` was called.
    let inspector = at_once("the inspector", &bank, move |bank| {
        bank.inspect(0, |balance| (balance, seen.load(Ordering::SeqCst)))
    });
    check_eq!(bank.transfer(0, 1, 4), Ok(()), "4 of 10, from 0 to 1");
    paid.store(true, Ordering::SeqCst);
    let Ok((balance, paid)) = ended(inspector) else {
        fail!("account 0 was inspected, and does not exist");
    };
    check!(
        balance == 6 || (balance == 10 && !paid),
        "4 of 10 are gone before look returns, and it was called with {balance}"
    );
}

#[kata_test::test]
fn strangers_do_not_wait() {
    let bank = bank([10, 10, 10, 10]);
    let (elsewhere, inspected) = (Arc::new(Barrier::new(2)), Arc::new(Barrier::new(2)));
    let (done, begun) = (Arc::clone(&elsewhere), Arc::clone(&inspected));
    // The inspector does not leave before the transfer between the two others has come through.
    let inspector = at_once("the inspector", &bank, move |bank| {
        bank.inspect(1, |balance| {
            begun.wait();
            done.wait();
            balance
        })
    });
    inspected.wait();
    let waiting = pays(&bank, 0, 1, 1);
    check_eq!(
        bank.transfer(3, 2, 1),
        Ok(()),
        "from 3 to 2, while 1 is inspected and 0 wants to pay 1"
    );
    elsewhere.wait();
    check_eq!(ended(inspector), Ok(10), "account 1, before 0 can pay it");
    check_eq!(ended(waiting), Ok(()), "from 0 to 1, once 1 is free");
    check_eq!(bank.balances(), [9, 11, 11, 9], "after both transfers");
}
