//! Tests to run while you work: `cargo test -p atomic-counter`. `kata check` runs more.

use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;

use atomic_counter::CarPark;

#[test]
fn cars_come_and_go() {
    let park = CarPark::new(2);
    assert!(park.enter());
    assert!(park.enter());
    assert_eq!(park.cars(), 2);
    park.leave();
    assert_eq!(park.cars(), 1);
    assert_eq!(park.peak(), 2);
}

#[test]
fn a_full_park_lets_nobody_in() {
    let park = CarPark::new(1);
    assert!(park.enter());
    assert!(!park.enter());
    assert_eq!(park.cars(), 1);
}

/// A race shows here if the machine wills it: whoever fails has one, and whoever passes may have one still.
#[test]
fn four_barriers_at_once() {
    let park = CarPark::new(100_000);
    let let_in = AtomicU32::new(0);
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                for _ in 0..50_000 {
                    if park.enter() {
                        let_in.fetch_add(1, Ordering::Relaxed);
                    }
                }
            });
        }
    });
    assert_eq!(let_in.into_inner(), 100_000);
    assert_eq!(park.cars(), 100_000);
    assert_eq!(park.peak(), 100_000);
}
