//! A lock made of a flag that is looked at and set in one step.

use std::hint;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

#[derive(Debug, Default)]
pub struct Counter {
    count: AtomicU64,
    busy: AtomicBool,
}

impl Counter {
    pub fn new() -> Self {
        Self::default()
    }

    pub fn increment(&self) -> u64 {
        while self.busy.swap(true, Ordering::Acquire) {
            hint::spin_loop();
        }
        let count = self.count.load(Ordering::Relaxed) + 1;
        self.count.store(count, Ordering::Relaxed);
        self.busy.store(false, Ordering::Release);
        count
    }

    pub fn value(&self) -> u64 {
        self.count.load(Ordering::Relaxed)
    }
}
