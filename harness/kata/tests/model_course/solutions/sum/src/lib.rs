use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;

/// The sum of `costly(n)` for all `n` below `end`, computed by two threads.
pub fn sum(end: u64, costly: impl Fn(u64) -> u64 + Sync) -> u64 {
    let total = AtomicU64::new(0);
    thread::scope(|scope| {
        for first in 0..2 {
            let (total, costly) = (&total, &costly);
            scope.spawn(move || {
                for n in (first..end).step_by(2) {
                    total.fetch_add(costly(n), Ordering::SeqCst);
                }
            });
        }
    });
    total.load(Ordering::SeqCst)
}
