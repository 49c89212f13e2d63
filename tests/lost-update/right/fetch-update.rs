//! The loop around compare and exchange, as the standard library has it.

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
        self.count
            .fetch_update(Ordering::SeqCst, Ordering::SeqCst, |count| Some(count + 1))
            .map_or_else(|count| count, |count| count + 1)
    }

    pub fn value(&self) -> u64 {
        self.count.load(Ordering::SeqCst)
    }
}
