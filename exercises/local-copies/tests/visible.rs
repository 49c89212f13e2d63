//! Tests to run while you work: `cargo test -p local-copies`. `kata check` runs more.

use std::collections::HashSet;
use std::thread::{self, ThreadId};

use local_copies::{Tally, count_all};

/// A sum, and the threads that have added to it.
#[derive(Default)]
struct Sum {
    sum: u64,
    hands: HashSet<ThreadId>,
    copies: Vec<HashSet<ThreadId>>,
}

impl Tally for Sum {
    type Item = u64;

    fn count(&mut self, item: &u64) {
        self.sum += item;
        self.hands.insert(thread::current().id());
    }

    fn merge(&mut self, other: Sum) {
        self.sum += other.sum;
        self.copies.push(other.hands);
        self.copies.extend(other.copies);
    }
}

#[test]
fn everything_is_counted_once() {
    let items: Vec<u64> = (1..=1_000).collect();
    for threads in 1..=8 {
        assert_eq!(count_all::<Sum>(&items, threads).sum, 500_500);
    }
}

#[test]
fn no_items_are_counted() {
    assert_eq!(count_all::<Sum>(&[], 4).sum, 0);
}

/// On real threads, this shows only if two of them happen to meet: `kata check` looks at every schedule.
#[test]
fn each_copy_has_one_owner() {
    let items: Vec<u64> = (1..=100_000).collect();
    let total = count_all::<Sum>(&items, 4);
    for copy in total.copies.iter().chain([&total.hands]) {
        assert!(copy.len() <= 1, "one copy, and {} threads", copy.len());
    }
}
