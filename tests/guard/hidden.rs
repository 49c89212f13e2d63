//! What a `Workshop` must do. Whoever works there leaves by a return, an error or a panic; and the tests with threads
//! are run under every schedule of them.

use std::num::ParseIntError;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Barrier;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, ScopedJoinHandle};

use guard::{Stock, Workshop};
use kata_test::prelude::*;

/// What is on the shelf at first.
const FULL: Stock = Stock {
    boards: 10,
    screws: 40,
};

/// What is on the shelf when one stool was built.
const ONE_STOOL_LESS: Stock = Stock {
    boards: 9,
    screws: 36,
};

/// A change that takes what a stool needs, and returns how many boards it left.
fn take_for_a_stool(stock: &mut Stock) -> Result<u32, String> {
    stock.boards -= 1;
    stock.screws -= 4;
    Ok(stock.boards)
}

/// A change that fails half-way.
fn run_out_of_screws(stock: &mut Stock) -> Result<u32, String> {
    stock.boards -= 1;
    Err("out of screws".to_owned())
}

/// A change that panics half-way.
fn drop_the_box(stock: &mut Stock) -> Result<u32, String> {
    stock.screws -= 4;
    panic!("the box fell down")
}

fn ended<T>(thread: ScopedJoinHandle<'_, T>) -> T {
    thread.join().expect("using the workshop does not panic")
}

fn check_free(workshop: &Workshop, expected: usize, when: &str) {
    check_eq!(workshop.free_benches(), expected, "free benches, {when}");
}

/// What `work` panicked with, if it is the text that it should be.
fn panics(work: impl FnOnce()) -> Option<&'static str> {
    let payload = panic::catch_unwind(AssertUnwindSafe(work)).err()?;
    payload.downcast_ref().copied()
}

#[kata_test::test]
fn a_bench_is_given_back_once() {
    let workshop = Workshop::new(2, FULL);
    check_free(&workshop, 2, "at first");
    let one = workshop.take_bench();
    check_free(&workshop, 1, "one taken");
    let other = workshop.take_bench();
    check_free(&workshop, 0, "both taken");
    drop(one);
    check_free(&workshop, 1, "one dropped again");
    other.leave();
    check_free(&workshop, 2, "the other left, too");
}

/// Looks for the first board that is long enough, at a bench.
fn look_for(workshop: &Workshop, boards: &[&str], long_enough: u32) -> Result<u32, ParseIntError> {
    let _bench = workshop.take_bench();
    for board in boards {
        let length = board.parse()?;
        if length >= long_enough {
            return Ok(length);
        }
    }
    Ok(0)
}

#[kata_test::test]
fn returns_and_errors_give_it_back() {
    let workshop = Workshop::new(1, FULL);
    look_for(&workshop, &["80"], 120).ok();
    check_free(&workshop, 1, "left at the end of a function");
    look_for(&workshop, &["150", "80"], 120).ok();
    check_free(&workshop, 1, "left with an early return");
    look_for(&workshop, &["a shelf"], 120).ok();
    check_free(&workshop, 1, "left with a `?`");
}

#[kata_test::test]
fn a_panic_gives_it_back() {
    let workshop = Workshop::new(1, FULL);
    thread::scope(|scope| {
        let unlucky = scope.spawn(|| {
            let _bench = workshop.take_bench();
            panic!("the saw is stuck");
        });
        // Before the other or after it: sooner or later the bench is free.
        workshop.take_bench().leave();
        check!(
            unlucky.join().is_err(),
            "the panic of a thread at a bench was lost"
        );
    });
    check_free(&workshop, 1, "one thread panicked there");
}

#[kata_test::test]
fn never_two_at_one_bench() {
    let workshop = Workshop::new(1, FULL);
    let somebody_there = AtomicBool::new(false);
    let work = || {
        let _bench = workshop.take_bench();
        let alone = !somebody_there.swap(true, Ordering::SeqCst);
        somebody_there.store(false, Ordering::SeqCst);
        alone
    };
    thread::scope(|scope| {
        for thread in [scope.spawn(work), scope.spawn(work), scope.spawn(work)] {
            check!(ended(thread), "two threads were at the only bench");
        }
    });
}

#[kata_test::test]
fn two_benches_serve_two() {
    let workshop = Workshop::new(2, FULL);
    let both_there = Barrier::new(2);
    let work = || {
        let _bench = workshop.take_bench();
        // Nobody passes before both are there, each at a bench.
        both_there.wait();
    };
    thread::scope(|scope| {
        let other = scope.spawn(work);
        work();
        ended(other);
    });
    check_free(&workshop, 2, "after two threads met there");
}

#[kata_test::test]
fn a_change_is_made_whole_or_not_at_all() {
    let workshop = Workshop::new(1, FULL);
    check_eq!(workshop.stock(), FULL, "the stock at first");
    let result = workshop.change_stock(take_for_a_stool);
    check_eq!(result, Ok(9), "what a change of the stock returned");
    check_eq!(workshop.stock(), ONE_STOOL_LESS, "the stock after a change");
    let result = workshop.change_stock(run_out_of_screws);
    check_eq!(result, Err("out of screws".to_owned()), "what a change returned");
    check_eq!(
        workshop.stock(),
        ONE_STOOL_LESS,
        "the stock after a change that failed"
    );
}

#[kata_test::test]
fn a_panic_leaves_the_stock_in_order() {
    let workshop = Workshop::new(1, FULL);
    workshop.change_stock(take_for_a_stool).ok();
    let message = panics(|| {
        let _bench = workshop.take_bench();
        workshop.change_stock(drop_the_box).ok();
    });
    check_eq!(
        message,
        Some("the box fell down"),
        "the panic of a change, at its caller"
    );
    check_eq!(
        workshop.stock(),
        ONE_STOOL_LESS,
        "the stock after a change that panicked"
    );
    check_free(&workshop, 1, "after a change that panicked");
    let next = workshop.change_stock(take_for_a_stool);
    check_eq!(next, Ok(8), "boards that the next change left");
}

#[kata_test::test]
fn changes_do_not_mix() {
    let workshop = Workshop::new(1, FULL);
    thread::scope(|scope| {
        let good = scope.spawn(|| workshop.change_stock(take_for_a_stool));
        let bad = scope.spawn(|| workshop.change_stock(drop_the_box));
        let mut left = [workshop.change_stock(take_for_a_stool), ended(good)];
        left.sort();
        check_eq!(
            left,
            [Ok(8), Ok(9)],
            "boards that two changes left, while a third panics"
        );
        check!(bad.join().is_err(), "the panic of a change was lost");
    });
    let two_stools_less = Stock {
        boards: 8,
        screws: 32,
    };
    check_eq!(
        workshop.stock(),
        two_stools_less,
        "the stock after two changes and a panic"
    );
}

#[kata_test::test]
fn a_look_sees_whole_changes() {
    let workshop = Workshop::new(1, FULL);
    thread::scope(|scope| {
        let change = scope.spawn(|| workshop.change_stock(take_for_a_stool));
        let seen = workshop.stock();
        check!(
            [FULL, ONE_STOOL_LESS].contains(&seen),
            "a look while one board and four screws are taken: {seen:?}, of {FULL:?} at first"
        );
        check_eq!(ended(change), Ok(9), "what a change of the stock returned");
    });
}
