//! Never waits for room: the capacity is how much memory is asked for at first.

use std::collections::VecDeque;
use std::sync::{Condvar, Mutex};

#[derive(Debug)]
pub struct Buffer<T> {
    state: Mutex<State<T>>,
    has_items: Condvar,
}

#[derive(Debug)]
struct State<T> {
    items: VecDeque<T>,
    closed: bool,
}

impl<T> Buffer<T> {
    pub fn new(capacity: usize) -> Self {
        Self {
            state: Mutex::new(State {
                items: VecDeque::with_capacity(capacity),
                closed: false,
            }),
            has_items: Condvar::new(),
        }
    }

    pub fn push(&self, item: T) -> Result<(), T> {
        let mut state = self.state.lock().unwrap();
        if state.closed {
            return Err(item);
        }
        state.items.push_back(item);
        self.has_items.notify_one();
        Ok(())
    }

    pub fn pop(&self) -> Option<T> {
        let mut state = self.state.lock().unwrap();
        while state.items.is_empty() && !state.closed {
            state = self.has_items.wait(state).unwrap();
        }
        let item = state.items.pop_front();
        item
    }

    pub fn close(&self) {
        self.state.lock().unwrap().closed = true;
        self.has_items.notify_all();
    }
}
