//! Sleeps for a while and looks, and sleeps for a while and looks.

use std::sync::Mutex;
use std::thread;
use std::time::Duration;

#[derive(Debug)]
pub struct Gate {
    open: Mutex<bool>,
}

impl Gate {
    pub fn new() -> Self {
        Self {
            open: Mutex::new(false),
        }
    }

    pub fn open(&self) {
        *self.open.lock().unwrap() = true;
    }

    pub fn is_open(&self) -> bool {
        *self.open.lock().unwrap()
    }

    pub fn wait(&self) {
        while !self.is_open() {
            thread::sleep(Duration::from_millis(10));
        }
    }

    pub fn wait_timeout(&self, limit: Duration) -> bool {
        thread::sleep(limit);
        self.is_open()
    }
}
