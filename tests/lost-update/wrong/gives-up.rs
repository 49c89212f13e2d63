//! Compares and exchanges once, and does not look whether it came off: whoever comes second has not counted.

use std::sync::atomic::{AtomicU64, Ordering};

#[derive(Debug, Default)]
pub struct Counter {
    count: AtomicU64,
}

impl Counter {
    pub fn new() -> Self {
        Self::default()
    }

    pub fn increment(&self) -> u64 {
        let seen = self.count.load(Ordering::SeqCst);
        let _ = self
            .count
            .compare_exchange(seen, seen + 1, Ordering::SeqCst, Ordering::SeqCst);
        seen + 1
    }

    pub fn value(&self) -> u64 {
        self.count.load(Ordering::SeqCst)
    }
}
