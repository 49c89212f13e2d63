//! A ring of slots, and both conditions told outside the lock.

use std::sync::{Condvar, Mutex};

#[derive(Debug)]
pub struct Buffer<T> {
    ring: Mutex<Ring<T>>,
    has_room: Condvar,
    has_items: Condvar,
}

#[derive(Debug)]
struct Ring<T> {
    slots: Vec<Option<T>>,
    first: usize,
    length: usize,
    closed: bool,
}

impl<T> Buffer<T> {
    pub fn new(capacity: usize) -> Self {
        Self {
            ring: Mutex::new(Ring {
                slots: (0..capacity).map(|_| None).collect(),
                first: 0,
                length: 0,
                closed: false,
            }),
            has_room: Condvar::new(),
            has_items: Condvar::new(),
        }
    }

    pub fn push(&self, item: T) -> Result<(), T> {
        let full = |ring: &mut Ring<T>| ring.length == ring.slots.len() && !ring.closed;
        let mut ring = self.has_room.wait_while(self.ring.lock().unwrap(), full).unwrap();
        if ring.closed {
            return Err(item);
        }
        let end = (ring.first + ring.length) % ring.slots.len();
        ring.slots[end] = Some(item);
        ring.length += 1;
        drop(ring);
        self.has_items.notify_one();
        Ok(())
    }

    pub fn pop(&self) -> Option<T> {
        let empty = |ring: &mut Ring<T>| ring.length == 0 && !ring.closed;
        let mut ring = self
            .has_items
            .wait_while(self.ring.lock().unwrap(), empty)
            .unwrap();
        if ring.length == 0 {
            return None;
        }
        let first = ring.first;
        let item = ring.slots[first].take();
        ring.first = (first + 1) % ring.slots.len();
        ring.length -= 1;
        drop(ring);
        self.has_room.notify_one();
        item
    }

    pub fn close(&self) {
        self.ring.lock().unwrap().closed = true;
        self.has_room.notify_all();
        self.has_items.notify_all();
    }
}
