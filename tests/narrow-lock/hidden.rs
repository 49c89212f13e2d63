//! What a `Cache` must do. Whether a lock is held too long is no question of time here: computations wait for one
//! another, or call the cache themselves, and on the ideal machine their work is counted.

use std::cell::Cell;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Barrier;
use std::thread::{self, ScopedJoinHandle};

use kata_test::prelude::*;
use narrow_lock::Cache;

fn ended<T>(thread: ScopedJoinHandle<'_, T>) -> T {
    thread.join().expect("a look into the cache does not panic")
}

/// The value of a key that has to be known.
fn known(cache: &Cache<u32, u32>, key: u32) -> u32 {
    cache.get(key, |key| {
        fail!("key {key} was computed before, and is computed again")
    })
}

#[kata_test::test]
fn a_value_is_computed_once() {
    let cache = Cache::new();
    check_eq!(cache.get(6, |key| key * 7), 42, "a new key, 6, computed as 6 * 7");
    check_eq!(known(&cache, 6), 42, "key 6, asked for once more");
    check_eq!(
        cache.get(8, |key| key * 7),
        56,
        "another key, 8, computed as 8 * 7"
    );
    check_eq!(known(&cache, 6), 42, "key 6, after another key");
}

#[kata_test::test]
fn a_computation_may_use_the_cache() {
    let cache = Cache::new();
    let calls = Cell::new(0);
    check_eq!(
        fibonacci(&cache, &calls, 3),
        2,
        "a sum of two values of the same cache"
    );
    check_eq!(calls.get(), 4, "computations for the keys 0 to 3");

    // One may wait for the other here, but not so that the other cannot get on.
    let cache = Cache::new();
    let six = || cache.get(2, |_| 3 * cache.get(1, |_| 2));
    thread::scope(|scope| {
        let other = scope.spawn(six);
        check_eq!(
            (six(), ended(other)),
            (6, 6),
            "two threads compute one value from another"
        );
    });
}

fn fibonacci(cache: &Cache<u32, u32>, calls: &Cell<u32>, n: u32) -> u32 {
    cache.get(n, |n| {
        calls.set(calls.get() + 1);
        match n {
            0 | 1 => *n,
            _ => fibonacci(cache, calls, n - 1) + fibonacci(cache, calls, n - 2),
        }
    })
}

#[kata_test::test]
fn computations_run_at_the_same_time() {
    let cache = Cache::new();
    cache.get(0, |_| 10);
    let measured = measure(|| {
        thread::scope(|scope| {
            let thread = |key| {
                let cache = &cache;
                scope.spawn(move || {
                    let ten = cache.get(0, |_| 10);
                    cache.get(key, |key| {
                        work(100);
                        ten * key
                    })
                })
            };
            [1, 2, 3, 4].map(thread).map(ended)
        })
    });
    check_eq!(measured.value, [10, 20, 30, 40], "the values of four keys");
    measured.check_parallelism(3.5, "four threads that compute a value each");
    check_eq!(
        [1, 2, 3, 4].map(|key| known(&cache, key)),
        [10, 20, 30, 40],
        "the same, asked for once more"
    );
}

#[kata_test::test]
fn two_computations_meet() {
    let cache = Cache::new();
    // Nobody passes before both are there, each in its computation.
    let both_compute = Barrier::new(2);
    let compute = |key| {
        cache.get(key, |key| {
            both_compute.wait();
            key * 7
        })
    };
    thread::scope(|scope| {
        let other = scope.spawn(|| compute(1));
        check_eq!(
            (compute(2), ended(other)),
            (14, 7),
            "the values of two keys, computed at the same time"
        );
    });
}

#[kata_test::test]
fn a_look_up_waits_for_no_computation() {
    let cache = Cache::new();
    cache.get(1, |_| 7);
    let looked_up = Barrier::new(2);
    thread::scope(|scope| {
        let other = scope.spawn(|| {
            cache.get(2, |_| {
                looked_up.wait();
                14
            })
        });
        check_eq!(
            known(&cache, 1),
            7,
            "a known value, while another one is computed"
        );
        looked_up.wait();
        check_eq!(ended(other), 14, "the other value");
    });
}

#[kata_test::test]
fn all_get_the_first_value() {
    let cache = Cache::new();
    thread::scope(|scope| {
        let other = scope.spawn(|| cache.get(1, |_| 10));
        let mine = cache.get(1, |_| 20);
        let of_both = (ended(other), mine);
        check!(
            [(10, 10), (20, 20)].contains(&of_both),
            "one thread computes 10 for a key, another one 20 for the same, and they got {of_both:?}"
        );
        check_eq!(known(&cache, 1), mine, "the same key, asked for afterwards");
    });
}

#[kata_test::test]
fn no_value_is_lost() {
    let cache = Cache::new();
    thread::scope(|scope| {
        let other = scope.spawn(|| cache.get(1, |_| 7));
        check_eq!(
            (cache.get(2, |_| 14), ended(other)),
            (14, 7),
            "the values of two keys"
        );
    });
    check_eq!(
        (known(&cache, 2), known(&cache, 1)),
        (14, 7),
        "the same, asked for afterwards"
    );
}

#[kata_test::test]
fn a_panic_harms_nobody() {
    let cache = Cache::new();
    thread::scope(|scope| {
        let unlucky = scope.spawn(|| cache.get(1, |_| panic!("no memory left")));
        check_eq!(
            cache.get(2, |_| 14),
            14,
            "a key, while the computation of another one panics"
        );
        let panicked = unlucky.join().err();
        let text = panicked.and_then(|payload| payload.downcast_ref::<&str>().copied());
        check_eq!(
            text,
            Some("no memory left"),
            "the panic of a computation, at its caller"
        );
    });
    check_eq!(cache.get(1, |_| 7), 7, "the key whose computation had panicked");
}

#[kata_test::test]
fn a_panic_leaves_the_key_to_others() {
    let cache = Cache::new();
    thread::scope(|scope| {
        let unlucky = scope
            .spawn(|| panic::catch_unwind(AssertUnwindSafe(|| cache.get(1, |_| panic!("no memory left")))));
        check_eq!(
            cache.get(1, |_| 7),
            7,
            "a key that two compute, and one of them panics"
        );
        // Whoever comes second need not compute any more, and does not panic then.
        if let Ok(value) = ended(unlucky) {
            check_eq!(value, 7, "the same key, at the one who would have panicked");
        }
    });
}
