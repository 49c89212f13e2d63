//! A lock made of a flag that is looked at and then set, in two steps: the same race, one floor up.

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
        while self.busy.load(Ordering::SeqCst) {
            hint::spin_loop();
        }
        self.busy.store(true, Ordering::SeqCst);
        let count = self.count.load(Ordering::SeqCst) + 1;
        self.count.store(count, Ordering::SeqCst);
        self.busy.store(false, Ordering::SeqCst);
        count
    }

    pub fn value(&self) -> u64 {
        self.count.load(Ordering::SeqCst)
    }
}
