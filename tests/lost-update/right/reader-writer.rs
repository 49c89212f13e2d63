//! A lock that lets readers in together, and whoever counts alone.

use std::sync::RwLock;

#[derive(Debug, Default)]
pub struct Counter {
    count: RwLock<u64>,
}

impl Counter {
    pub fn new() -> Self {
        Self::default()
    }

    pub fn increment(&self) -> u64 {
        let mut count = self.count.write().unwrap();
        *count += 1;
        *count
    }

    pub fn value(&self) -> u64 {
        *self.count.read().unwrap()
    }
}
