//! Writes only if the count is still the one that was read, and begins again with the new one if it is not.

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
        let mut seen = self.count.load(Ordering::SeqCst);
        loop {
            match self
                .count
                .compare_exchange_weak(seen, seen + 1, Ordering::SeqCst, Ordering::SeqCst)
            {
                Ok(old) => return old + 1,
                Err(newer) => seen = newer,
            }
        }
    }

    pub fn value(&self) -> u64 {
        self.count.load(Ordering::SeqCst)
    }
}
