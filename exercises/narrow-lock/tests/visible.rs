//! Tests to run while you work: `cargo test -p narrow-lock`. `kata check` runs more.

use std::sync::Barrier;
use std::thread;

use narrow_lock::Cache;

#[test]
fn a_value_is_computed_once() {
    let cache = Cache::new();
    assert_eq!(cache.get(6, |n| n * 7), 42);
    assert_eq!(cache.get(6, |_| unreachable!("6 is known")), 42);
}

#[test]
fn many_threads_fill_it() {
    let cache = Cache::new();
    thread::scope(|scope| {
        for n in 0..8 {
            let cache = &cache;
            scope.spawn(move || cache.get(n, |n| n * n));
        }
    });
    for n in 0..8 {
        assert_eq!(cache.get(n, |_| unreachable!("{n} is known")), n * n);
    }
}

/// Two computations wait for each other. If this test does not end, they do not run at the same time.
#[test]
fn two_computations_run_at_the_same_time() {
    let cache = Cache::new();
    let both_compute = Barrier::new(2);
    thread::scope(|scope| {
        for n in 0..2 {
            let (cache, both_compute) = (&cache, &both_compute);
            scope.spawn(move || cache.get(n, |_| both_compute.wait().is_leader()));
        }
    });
}
