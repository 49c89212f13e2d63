//! Takes the count out and puts a new one back: whoever comes meanwhile takes out a zero.

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
        let count = self.count.swap(0, Ordering::SeqCst) + 1;
        self.count.store(count, Ordering::SeqCst);
        count
    }

    pub fn value(&self) -> u64 {
        self.count.load(Ordering::SeqCst)
    }
}
