//! Tests to run while you work: `cargo test -p reader-writer`. `kata check` runs more.

use std::sync::Barrier;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;

use reader_writer::Gate;

#[test]
fn one_after_the_other() {
    let gate = Gate::new();
    drop(gate.read());
    drop(gate.write());
    drop(gate.read());
    assert_eq!(gate.writers_waiting(), 0);
}

#[test]
fn a_writer_is_alone() {
    let gate = Gate::new();
    let count = AtomicU32::new(0);
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                for _ in 0..1_000 {
                    let _writing = gate.write();
                    // A lost update, if another writer is here.
                    let seen = count.load(Ordering::Relaxed);
                    count.store(seen + 1, Ordering::Relaxed);
                }
            });
        }
    });
    assert_eq!(count.load(Ordering::Relaxed), 4_000);
}

/// Two readers wait for each other inside. If this test does not end, a reader keeps the other one out.
#[test]
fn readers_meet_inside() {
    let gate = Gate::new();
    let both_inside = Barrier::new(2);
    thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                let _reading = gate.read();
                both_inside.wait();
            });
        }
    });
}
