//! Tells the compiler that a plain cell may be shared: now it is a data race on top of the lost update.

use std::cell::Cell;

#[derive(Debug, Default)]
pub struct Counter {
    count: Cell<u64>,
}

unsafe impl Sync for Counter {}

impl Counter {
    pub fn new() -> Self {
        Self::default()
    }

    pub fn increment(&self) -> u64 {
        self.count.set(self.count.get() + 1);
        self.count.get()
    }

    pub fn value(&self) -> u64 {
        self.count.get()
    }
}
