//! Those who wait park, and stand in a list; whoever changes something unparks them all.

use std::collections::VecDeque;
use std::sync::Mutex;
use std::thread::{self, Thread};

#[derive(Debug)]
pub struct Buffer<T> {
    capacity: usize,
    state: Mutex<State<T>>,
}

#[derive(Debug)]
struct State<T> {
    items: VecDeque<T>,
    closed: bool,
    waiting: Vec<Thread>,
}

impl<T> Buffer<T> {
    pub fn new(capacity: usize) -> Self {
        Self {
            capacity,
            state: Mutex::new(State {
                items: VecDeque::new(),
                closed: false,
                waiting: Vec::new(),
            }),
        }
    }

    pub fn push(&self, item: T) -> Result<(), T> {
        let mut item = Some(item);
        self.until(|state| {
            if state.closed {
                return item.take().map(Err);
            }
            if state.items.len() == self.capacity {
                return None;
            }
            state.items.extend(item.take());
            Some(Ok(()))
        })
    }

    pub fn pop(&self) -> Option<T> {
        self.until(|state| match state.items.pop_front() {
            None if !state.closed => None,
            item => Some(item),
        })
    }

    pub fn close(&self) {
        self.until(|state| {
            state.closed = true;
            Some(())
        });
    }

    /// Tries until it comes off, and parks in between.
    fn until<R>(&self, mut attempt: impl FnMut(&mut State<T>) -> Option<R>) -> R {
        loop {
            let mut state = self.state.lock().unwrap();
            if let Some(result) = attempt(&mut state) {
                state.waiting.drain(..).for_each(|thread| thread.unpark());
                return result;
            }
            state.waiting.push(thread::current());
            drop(state);
            thread::park();
        }
    }
}
