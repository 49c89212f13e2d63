//! A lock for the read and once more for the write: in between anybody may have it.

use std::sync::Mutex;

#[derive(Debug, Default)]
pub struct Counter {
    count: Mutex<u64>,
}

impl Counter {
    pub fn new() -> Self {
        Self::default()
    }

    pub fn increment(&self) -> u64 {
        let count = *self.count.lock().unwrap() + 1;
        *self.count.lock().unwrap() = count;
        count
    }

    pub fn value(&self) -> u64 {
        *self.count.lock().unwrap()
    }
}
