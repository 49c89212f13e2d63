//! Asks for the strongest memory ordering: the load and the store are two steps all the same.

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
        let count = self.count.load(Ordering::SeqCst) + 1;
        self.count.store(count, Ordering::SeqCst);
        count
    }

    pub fn value(&self) -> u64 {
        self.count.load(Ordering::SeqCst)
    }
}
