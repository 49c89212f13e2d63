//! A lock that is held from the read to the write, and to the result.

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
        let mut count = self.count.lock().unwrap();
        *count += 1;
        *count
    }

    pub fn value(&self) -> u64 {
        *self.count.lock().unwrap()
    }
}
