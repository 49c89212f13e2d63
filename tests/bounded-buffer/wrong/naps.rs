//! Sleeps a little while and looks, again and again, and needs no signal at all.

use std::collections::VecDeque;
use std::sync::{Condvar, Mutex};
use std::time::Duration;

const A_WHILE: Duration = Duration::from_millis(10);

#[derive(Debug)]
pub struct Buffer<T> {
    capacity: usize,
    state: Mutex<State<T>>,
    nobody: Condvar,
}

#[derive(Debug)]
struct State<T> {
    items: VecDeque<T>,
    closed: bool,
}

impl<T> Buffer<T> {
    pub fn new(capacity: usize) -> Self {
        Self {
            capacity,
            state: Mutex::new(State {
                items: VecDeque::new(),
                closed: false,
            }),
            nobody: Condvar::new(),
        }
    }

    pub fn push(&self, item: T) -> Result<(), T> {
        let mut state = self.state.lock().unwrap();
        while state.items.len() == self.capacity && !state.closed {
            (state, _) = self.nobody.wait_timeout(state, A_WHILE).unwrap();
        }
        if state.closed {
            return Err(item);
        }
        state.items.push_back(item);
        Ok(())
    }

    pub fn pop(&self) -> Option<T> {
        let mut state = self.state.lock().unwrap();
        while state.items.is_empty() && !state.closed {
            (state, _) = self.nobody.wait_timeout(state, A_WHILE).unwrap();
        }
        state.items.pop_front()
    }

    pub fn close(&self) {
        self.state.lock().unwrap().closed = true;
    }
}
