//! Holds the lock of the state while it sleeps with another one: nobody can open the gate.

use std::sync::{Condvar, Mutex};
use std::time::Duration;

#[derive(Debug)]
pub struct Gate {
    open: Mutex<bool>,
    asleep: Mutex<()>,
    opened: Condvar,
}

impl Gate {
    pub fn new() -> Self {
        Self {
            open: Mutex::new(false),
            asleep: Mutex::new(()),
            opened: Condvar::new(),
        }
    }

    pub fn open(&self) {
        *self.open.lock().unwrap() = true;
        self.opened.notify_all();
    }

    pub fn is_open(&self) -> bool {
        *self.open.lock().unwrap()
    }

    pub fn wait(&self) {
        let open = self.open.lock().unwrap();
        if !*open {
            let asleep = self.asleep.lock().unwrap();
            drop(self.opened.wait(asleep).unwrap());
        }
    }

    pub fn wait_timeout(&self, limit: Duration) -> bool {
        let open = self.open.lock().unwrap();
        let (open, _) = self
            .opened
            .wait_timeout_while(open, limit, |open| !*open)
            .unwrap();
        *open
    }
}
