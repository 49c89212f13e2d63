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
    // One for each condition. So a signal wakes somebody who waits for just that, and one is enough.
    has_room: Condvar,
    has_items: Condvar,
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
                items: VecDeque::with_capacity(capacity),
                closed: false,
            }),
            has_room: Condvar::new(),
            has_items: Condvar::new(),
        }
    }

    /// Puts an item in at the end, and waits for room if need be. Gives it back when the buffer is closed.
    pub fn push(&self, item: T) -> Result<(), T> {
        let full = |state: &mut State<T>| state.items.len() == self.capacity && !state.closed;
        let room = self.has_room.wait_while(self.locked(), full);
        let mut state = room.expect("nobody panics under the lock");

        // The loop ends for either reason. Closed is closed, even if there is room.
        if state.closed {
            return Err(item);
        }
        state.items.push_back(item);
        self.has_items.notify_one();
        Ok(())
    }

    /// Takes the first item out, and waits for one if need be. `None` when the buffer is closed and empty.
    pub fn pop(&self) -> Option<T> {
        let empty = |state: &mut State<T>| state.items.is_empty() && !state.closed;
        let items = self.has_items.wait_while(self.locked(), empty);
        let mut state = items.expect("nobody panics under the lock");

        // Closed or not: what is in comes out.
        let item = state.items.pop_front();
        self.has_room.notify_one();
        item
    }

    /// Lets nothing in any more. What is in can still be popped.
    pub fn close(&self) {
        self.locked().closed = true;
        // This is news for everybody, and the last that they hear.
        self.has_room.notify_all();
        self.has_items.notify_all();
    }

    fn locked(&self) -> MutexGuard<'_, State<T>> {
        self.state.lock().expect("nobody panics under the lock")
    }
}
