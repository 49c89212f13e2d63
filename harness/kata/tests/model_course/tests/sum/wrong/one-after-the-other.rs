use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;

pub fn sum(end: u64, costly: impl Fn(u64) -> u64 + Sync) -> u64 {
    let total = AtomicU64::new(0);
    for first in 0..2 {
        thread::scope(|scope| {
            scope.spawn(|| {
                for n in (first..end).step_by(2) {
                    total.fetch_add(costly(n), Ordering::SeqCst);
                }
            });
        });
    }
    total.load(Ordering::SeqCst)
}
