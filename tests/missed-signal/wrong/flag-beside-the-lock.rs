//! Sets the state without the mutex: it can be set between the look and the sleep, and the signal with it.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Condvar, Mutex};
use std::time::Duration;

#[derive(Debug)]
pub struct Gate {
    open: AtomicBool,
    asleep: Mutex<()>,
    opened: Condvar,
}

impl Gate {
    pub fn new() -> Self {
        Self {
            open: AtomicBool::new(false),
            asleep: Mutex::new(()),
            opened: Condvar::new(),
        }
    }

    pub fn open(&self) {
        self.open.store(true, Ordering::SeqCst);
        self.opened.notify_all();
    }

    pub fn is_open(&self) -> bool {
        self.open.load(Ordering::SeqCst)
    }

    pub fn wait(&self) {
        let mut asleep = self.asleep.lock().unwrap();
        while !self.is_open() {
            asleep = self.opened.wait(asleep).unwrap();
        }
    }

    pub fn wait_timeout(&self, limit: Duration) -> bool {
        let asleep = self.asleep.lock().unwrap();
        drop(
            self.opened
                .wait_timeout_while(asleep, limit, |()| !self.is_open())
                .unwrap(),
        );
        self.is_open()
    }
}
