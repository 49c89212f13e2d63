//! Locks, and does not keep the guard: the lock is free again at the semicolon, before anything is read.

use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

#[derive(Debug, Default)]
pub struct Counter {
    count: AtomicU64,
    lock: Mutex<()>,
}

impl Counter {
    pub fn new() -> Self {
        Self::default()
    }

    pub fn increment(&self) -> u64 {
        self.lock.lock().unwrap();
        let count = self.count.load(Ordering::SeqCst) + 1;
        self.count.store(count, Ordering::SeqCst);
        count
    }

    pub fn value(&self) -> u64 {
        self.count.load(Ordering::SeqCst)
    }
}
