//! A buffer between threads that make things and threads that use them up.

use std::collections::VecDeque;
use std::sync::{Condvar, Mutex, MutexGuard};

/// A queue with room for so many items. Those who push wait for room, those who pop wait for an item.
///
/// ```
/// use std::thread;
///
/// use bounded_buffer::Buffer;
///
/// let buffer = Buffer::new(2);
/// let received = thread::scope(|scope| {
///     scope.spawn(|| {
///         for n in 1..=5 {
///             buffer.push(n).expect("nobody has closed it yet");
///         }
///         buffer.close();
///     });
///     let mut received = Vec::new();
///     while let Some(n) = buffer.pop() {
///         received.push(n);
///     }
///     received
/// });
/// assert_eq!(received, [1, 2, 3, 4, 5]);
/// assert_eq!(buffer.push(6), Err(6));
/// ```
#[derive(Debug)]
pub struct Buffer<T> {
    capacity: usize,
    state: Mutex<State<T>>,
    changed: Condvar,
}

#[derive(Debug)]
struct State<T> {
    items: VecDeque<T>,
    closed: bool,
}

impl<T> Buffer<T> {
    /// An empty buffer with room for `capacity` items, one at least.
    pub fn new(capacity: usize) -> Self {
        Self {
            capacity,
            state: Mutex::new(State {
                items: VecDeque::new(),
                closed: false,
            }),
            changed: Condvar::new(),
        }
    }

    /// Puts an item in at the end, and waits for room if need be. Gives it back when the buffer is closed.
    pub fn push(&self, item: T) -> Result<(), T> {
        // One on either side, who wakes only when there is a reason: that goes well, until the buffer is closed. But
        // there may be more of them, and they may wake for none.
        let mut state = self.locked();
        if state.items.len() == self.capacity {
            state = self.changed.wait(state).expect("nobody panics under the lock");
        }
        state.items.push_back(item);
        self.changed.notify_one();
        Ok(())
    }

    /// Takes the first item out, and waits for one if need be. `None` when the buffer is closed and empty.
    pub fn pop(&self) -> Option<T> {
        let mut state = self.locked();
        if state.items.is_empty() && !state.closed {
            state = self.changed.wait(state).expect("nobody panics under the lock");
        }
        let item = state.items.pop_front();
        self.changed.notify_one();
        item
    }

    /// Lets nothing in any more. What is in can still be popped.
    pub fn close(&self) {
        self.locked().closed = true;
        self.changed.notify_one();
    }

    fn locked(&self) -> MutexGuard<'_, State<T>> {
        self.state.lock().expect("nobody panics under the lock")
    }
}
