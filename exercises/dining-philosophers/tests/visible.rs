//! Tests to run while you work: `cargo test -p dining-philosophers`. `kata check` runs more.

use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;

use dining_philosophers::Table;

#[test]
fn each_eats_once_per_call() {
    let table = Table::new(3);
    let mut eaten = Vec::new();
    for seat in [0, 1, 2, 2, 1, 0] {
        table.dine(seat, || eaten.push(seat));
    }
    assert_eq!(eaten, [0, 1, 2, 2, 1, 0]);
}

/// Whoever deadlocks here has a deadlock, and whoever does not may have one still.
#[test]
fn five_dine_at_once() {
    let (table, meals) = (Table::new(5), AtomicU32::new(0));
    thread::scope(|scope| {
        for seat in 0..5 {
            let (table, meals) = (&table, &meals);
            scope.spawn(move || {
                for _ in 0..100 {
                    table.dine(seat, || {
                        meals.fetch_add(1, Ordering::Relaxed);
                    });
                }
            });
        }
    });
    assert_eq!(meals.into_inner(), 500);
}
