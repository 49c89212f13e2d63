//! What `parallel_map` must do: under every schedule of two threads, and measured on the ideal machine.

use std::panic::{self, AssertUnwindSafe};
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread::{self, ThreadId};

use kata_test::prelude::*;
use parallel_threads::parallel_map;

/// How many different threads there are.
fn different(mut threads: Vec<ThreadId>) -> usize {
    let mut number = 0;
    while let Some(one) = threads.pop() {
        threads.retain(|other| *other != one);
        number += 1;
    }
    number
}

/// Works for so many units, and tells which thread it was.
fn work_for(units: &u64) -> ThreadId {
    work(*units);
    thread::current().id()
}

#[kata_test::test]
fn results_keep_their_order() {
    let results = parallel_map(&[1, 2, 3], 2, |n| n * 10);
    check_eq!(results, [10, 20, 30], "ten times 1, 2 and 3, by 2 threads");
}

#[kata_test::test]
fn each_item_is_worked_on_once() {
    let calls = [AtomicU32::new(0), AtomicU32::new(0), AtomicU32::new(0)];
    parallel_map(&[0, 1, 2], 2, |n: &usize| {
        calls[*n].fetch_add(1, Ordering::SeqCst)
    });
    let calls = calls.map(AtomicU32::into_inner);
    check_eq!(calls, [1, 1, 1], "calls for each of three items, by 2 threads");
}

#[kata_test::test]
fn no_more_threads_than_asked_for() {
    let threads = different(parallel_map(&[0; 3], 2, work_for));
    check!(
        threads <= 2,
        "{threads} threads worked on 3 items, and at most 2 were asked for"
    );
    let alone = different(parallel_map(&[0; 3], 1, work_for));
    check_eq!(alone, 1, "threads that worked on 3 items, when 1 was asked for");
}

#[kata_test::test]
fn few_items() {
    let nothing: Vec<u32> = Vec::new();
    check_eq!(
        parallel_map(&nothing, 2, |n| n * 10),
        nothing,
        "the results of no items, by 2 threads"
    );
    check_eq!(
        parallel_map(&[1], 2, |n| n * 10),
        [10],
        "ten times 1, by 2 threads"
    );
    check_eq!(
        parallel_map(&[1, 2], 1, |n| n * 10),
        [10, 20],
        "ten times 1 and 2, by 1 thread"
    );
}

#[kata_test::test]
fn four_threads_work_at_once() {
    let items = [100; 48];
    let worked = measure(|| parallel_map(&items, 4, work_for));
    check_eq!(worked.value.len(), 48, "results of 48 items, by 4 threads");
    worked.check_parallelism(3.5, "48 items of the same cost, with 4 threads");
}

#[kata_test::test]
fn uneven_work_is_balanced() {
    let items: Vec<u64> = (1..=60).collect();
    let worked = measure(|| parallel_map(&items, 4, work_for));
    check_eq!(worked.value.len(), 60, "results of 60 items, by 4 threads");
    worked.check_parallelism(3.5, "60 items that cost 1, 2, 3 and so on, with 4 threads");
    let threads = different(worked.value);
    check!(
        threads <= 4,
        "{threads} threads worked on 60 items, and at most 4 were asked for"
    );
}

#[kata_test::test]
fn a_panic_comes_through() {
    for items in [[0, 1], [1, 0]] {
        let results = panic::catch_unwind(AssertUnwindSafe(|| parallel_map(&items, 2, |n| 10 / n)));
        check!(
            results.is_err(),
            "10 / n panicked for one of {items:?}, and parallel_map returned {results:?} all the same"
        );
    }
}
