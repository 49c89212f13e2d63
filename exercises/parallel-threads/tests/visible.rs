//! Tests to run while you work: `cargo test -p parallel-threads`. `kata check` runs more.

use std::collections::HashSet;
use std::sync::Barrier;
use std::thread;

use parallel_threads::parallel_map;

#[test]
fn results_keep_their_order() {
    let items: Vec<u64> = (0..1_000).collect();
    let squares: Vec<u64> = items.iter().map(|n| n * n).collect();
    for threads in 1..=8 {
        assert_eq!(parallel_map(&items, threads, |n| n * n), squares);
    }
}

#[test]
fn few_items_and_few_threads() {
    assert_eq!(parallel_map(&[], 4, |n: &u64| *n), []);
    assert_eq!(parallel_map(&[7], 4, |n: &u64| *n), [7]);
}

#[test]
fn two_threads_take_part() {
    // Each waits for the other, once: as long as one of them works alone, this does not go on.
    let both_here = Barrier::new(2);
    let threads = parallel_map(&[(), ()], 2, |()| {
        both_here.wait();
        thread::current().id()
    });
    assert_eq!(threads.into_iter().collect::<HashSet<_>>().len(), 2);
}
