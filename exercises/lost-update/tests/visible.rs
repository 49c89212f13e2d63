//! Tests to run while you work: `cargo test -p lost-update`. `kata check` runs more.

use std::thread;

use lost_update::Counter;

#[test]
fn a_new_counter_is_at_zero() {
    assert_eq!(Counter::new().value(), 0);
}

#[test]
fn each_increment_returns_the_new_count() {
    let counter = Counter::new();
    assert_eq!(counter.increment(), 1);
    assert_eq!(counter.increment(), 2);
    assert_eq!(counter.value(), 2);
}

/// A race shows here if the machine wills it: whoever fails has one, and whoever passes may have one still.
#[test]
fn four_threads_count_at_once() {
    let counter = Counter::new();
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                for _ in 0..100_000 {
                    counter.increment();
                }
            });
        }
    });
    assert_eq!(counter.value(), 400_000);
}
