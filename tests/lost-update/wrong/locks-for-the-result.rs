//! Counts under the lock, and locks it once more for the result while the first guard is alive: it waits for itself.

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
        self.value()
    }

    pub fn value(&self) -> u64 {
        *self.count.lock().unwrap()
    }
}
