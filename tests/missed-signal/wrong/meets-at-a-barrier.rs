//! Lets the keeper wait for a traveller, and one traveller through.

use std::sync::{Barrier, Mutex};
use std::time::{Duration, Instant};

#[derive(Debug)]
pub struct Gate {
    open: Mutex<bool>,
    both: Barrier,
}

impl Gate {
    pub fn new() -> Self {
        Self {
            open: Mutex::new(false),
            both: Barrier::new(2),
        }
    }

    pub fn open(&self) {
        *self.open.lock().unwrap() = true;
        self.both.wait();
    }

    pub fn is_open(&self) -> bool {
        *self.open.lock().unwrap()
    }

    pub fn wait(&self) {
        self.both.wait();
    }

    pub fn wait_timeout(&self, limit: Duration) -> bool {
        let start = Instant::now();
        while !self.is_open() && start.elapsed() < limit {}
        self.is_open()
    }
}
