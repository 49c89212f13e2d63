//! Returns what `fetch_add` returns, which is the count before.

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
        self.count.fetch_add(1, Ordering::SeqCst)
    }

    pub fn value(&self) -> u64 {
        self.count.load(Ordering::SeqCst)
    }
}
