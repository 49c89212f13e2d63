//! Looks for an item under the lock, and beside it whether the buffer is closed: the last item can come in between.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Condvar, Mutex};

#[derive(Debug)]
pub struct Buffer<T> {
    capacity: usize,
    state: Mutex<State<T>>,
    closed: AtomicBool,
    has_room: Condvar,
    has_items: Condvar,
}

#[derive(Debug)]
struct State<T> {
    items: VecDeque<T>,
}

impl<T> Buffer<T> {
    pub fn new(capacity: usize) -> Self {
        Self {
            capacity,
            state: Mutex::new(State {
                items: VecDeque::new(),
            }),
            closed: AtomicBool::new(false),
            has_room: Condvar::new(),
            has_items: Condvar::new(),
        }
    }

    pub fn push(&self, item: T) -> Result<(), T> {
        let mut state = self.state.lock().unwrap();
        while state.items.len() == self.capacity && !self.is_closed() {
            state = self.has_room.wait(state).unwrap();
        }
        if self.is_closed() {
            return Err(item);
        }
        state.items.push_back(item);
        self.has_items.notify_one();
        Ok(())
    }

    pub fn pop(&self) -> Option<T> {
        loop {
            let item = self.state.lock().unwrap().items.pop_front();
            if item.is_some() || self.is_closed() {
                self.has_room.notify_one();
                return item;
            }
            let state = self.state.lock().unwrap();
            if state.items.is_empty() && !self.is_closed() {
                drop(self.has_items.wait(state).unwrap());
            }
        }
    }

    pub fn close(&self) {
        let state = self.state.lock().unwrap();
        self.closed.store(true, Ordering::SeqCst);
        drop(state);
        self.has_room.notify_all();
        self.has_items.notify_all();
    }

    fn is_closed(&self) -> bool {
        self.closed.load(Ordering::SeqCst)
    }
}
