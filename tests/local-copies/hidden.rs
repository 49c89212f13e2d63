//! What `count_all` must do. A tally of ours keeps a record of who has counted into it, so that which copies
//! there were, and whose they were, is a fact.

use std::panic::{self, AssertUnwindSafe};
use std::thread::{self, ThreadId};

use kata_test::prelude::*;
use local_copies::{Tally, count_all};

/// What one item costs to count, and one copy to merge.
const COUNT: u64 = 100;
const MERGE: u64 = 10;

/// The numbers that were counted, and the record of it.
#[derive(Default)]
struct Numbers {
    counted: Vec<u32>,
    /// The threads that have counted into this copy, each once.
    hands: Vec<ThreadId>,
    /// The hands of the copies that were merged into this one.
    merged: Vec<Vec<ThreadId>>,
}

impl Tally for Numbers {
    type Item = u32;

    fn count(&mut self, item: &u32) {
        work(COUNT);
        self.counted.push(*item);
        let hand = thread::current().id();
        if !self.hands.contains(&hand) {
            self.hands.push(hand);
        }
    }

    fn merge(&mut self, other: Numbers) {
        work(MERGE);
        self.counted.extend(other.counted);
        self.merged.push(other.hands);
        self.merged.extend(other.merged);
    }
}

impl Numbers {
    /// Counts the numbers below `items`.
    fn below(items: u32, threads: usize) -> Numbers {
        let items: Vec<u32> = (0..items).collect();
        count_all(&items, threads)
    }

    fn in_order(&self) -> Vec<u32> {
        let mut counted = self.counted.clone();
        counted.sort_unstable();
        counted
    }

    /// For each copy that was counted into, whose hands did it.
    fn copies(&self) -> Vec<&Vec<ThreadId>> {
        let all = self.merged.iter().chain([&self.hands]);
        all.filter(|hands| !hands.is_empty()).collect()
    }

    /// The threads that have counted.
    fn threads(&self) -> usize {
        let mut hands: Vec<_> = self.copies().into_iter().flatten().collect();
        let mut threads = Vec::new();
        while let Some(hand) = hands.pop() {
            if !threads.contains(&hand) {
                threads.push(hand);
            }
        }
        threads.len()
    }
}

#[kata_test::test]
fn everything_is_counted_once() {
    let total = Numbers::below(3, 2);
    check_eq!(
        total.in_order(),
        [0, 1, 2],
        "what was counted of [0, 1, 2], by 2 threads"
    );
}

#[kata_test::test]
fn no_copy_is_shared() {
    let total = Numbers::below(4, 2);
    let most = total.copies().into_iter().map(Vec::len).max();
    check_eq!(
        most.unwrap_or(0),
        1,
        "threads that counted into one and the same copy, of 2 with 4 items"
    );
}

#[kata_test::test]
fn each_thread_has_one_copy() {
    let total = Numbers::below(3, 2);
    let threads = total.threads();
    check!(
        (1..=2).contains(&threads),
        "{threads} threads counted 3 items, and at most 2 were asked for"
    );
    let copies = total.copies().len();
    check!(
        copies <= 2,
        "{copies} copies were counted into, for 3 items and 2 threads"
    );
}

#[kata_test::test]
fn few_items_and_few_threads() {
    let nothing: Vec<u32> = Vec::new();
    check_eq!(
        Numbers::below(0, 2).in_order(),
        nothing,
        "what was counted of no items, by 2 threads"
    );
    check_eq!(
        Numbers::below(1, 2).in_order(),
        [0],
        "what was counted of [0], by 2 threads"
    );
    let alone = Numbers::below(3, 1);
    check_eq!(
        alone.in_order(),
        [0, 1, 2],
        "what was counted of [0, 1, 2], by 1 thread"
    );
    check_eq!(alone.threads(), 1, "threads that counted, when 1 was asked for");
}

#[kata_test::test]
fn four_threads_count_at_once() {
    let counted = measure(|| Numbers::below(48, 4));
    check_eq!(
        counted.value.counted.len(),
        48,
        "items counted of 48, by 4 threads"
    );
    let copies = counted.value.copies().len();
    check!(
        copies <= 4,
        "{copies} copies were counted into, for 48 items and 4 threads"
    );
    counted.check_parallelism(3.5, "48 items of the same cost, with 4 threads");
}

#[kata_test::test]
fn the_shares_are_even() {
    let counted = measure(|| Numbers::below(47, 4));
    check_eq!(
        counted.value.counted.len(),
        47,
        "items counted of 47, by 4 threads"
    );
    let threads = counted.value.threads();
    check!(
        threads <= 4,
        "{threads} threads counted 47 items, and at most 4 were asked for"
    );
    counted.check_parallelism(3.5, "47 items of the same cost, with 4 threads");
}

/// A tally that cannot count a zero.
#[derive(Default)]
struct Picky {
    counted: usize,
}

impl Tally for Picky {
    type Item = u32;

    fn count(&mut self, item: &u32) {
        assert!(*item > 0, "zero cannot be counted");
        self.counted += 1;
    }

    fn merge(&mut self, other: Picky) {
        self.counted += other.counted;
    }
}

#[kata_test::test]
fn a_panic_is_no_result() {
    for items in [[0, 1], [1, 0]] {
        let counted = panic::catch_unwind(AssertUnwindSafe(|| count_all::<Picky>(&items, 2).counted));
        check!(
            counted.is_err(),
            "counting {items:?} panicked at the 0, and count_all returned all the same"
        );
    }
}
