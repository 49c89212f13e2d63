//! Asks under one lock whether the buffer is closed, and pushes under another: it can be closed and emptied in between.

use std::collections::VecDeque;
use std::sync::{Condvar, Mutex};

#[derive(Debug)]
pub struct Buffer<T> {
    capacity: usize,
    state: Mutex<State<T>>,
    has_room: Condvar,
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
            capacity,
            state: Mutex::new(State {
                items: VecDeque::new(),
                closed: false,
            }),
            has_room: Condvar::new(),
            has_items: Condvar::new(),
        }
    }

    pub fn push(&self, item: T) -> Result<(), T> {
        if self.state.lock().unwrap().closed {
            return Err(item);
        }
        let mut state = self.state.lock().unwrap();
        while state.items.len() == self.capacity && !state.closed {
            state = self.has_room.wait(state).unwrap();
        }
        if state.items.len() == self.capacity {
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
        self.has_room.notify_one();
        item
    }

    pub fn close(&self) {
        self.state.lock().unwrap().closed = true;
        self.has_room.notify_all();
        self.has_items.notify_all();
    }
}
