//! A list of those who wait, who park: an unpark that comes too early is kept.

use std::sync::Mutex;
use std::thread::{self, Thread};
use std::time::{Duration, Instant};

#[derive(Debug)]
pub struct Gate {
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    open: bool,
    waiting: Vec<Thread>,
}

impl Gate {
    pub fn new() -> Self {
        Self {
            state: Mutex::new(State::default()),
        }
    }

    pub fn open(&self) {
        let mut state = self.state.lock().unwrap();
        state.open = true;
        state.waiting.drain(..).for_each(|thread| thread.unpark());
    }

    pub fn is_open(&self) -> bool {
        self.state.lock().unwrap().open
    }

    pub fn wait(&self) {
        self.join_those_who_wait();
        while !self.is_open() {
            thread::park();
        }
    }

    pub fn wait_timeout(&self, limit: Duration) -> bool {
        let start = Instant::now();
        self.join_those_who_wait();
        while !self.is_open() {
            let Some(left) = limit.checked_sub(start.elapsed()).filter(|left| !left.is_zero()) else {
                return false;
            };
            thread::park_timeout(left);
        }
        true
    }

    fn join_those_who_wait(&self) {
        let mut state = self.state.lock().unwrap();
        if !state.open {
            state.waiting.push(thread::current());
        }
    }
}
