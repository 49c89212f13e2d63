//! Reaches for the second fork again and again with the first one in the hand: a deadlock that never sits still.

use std::sync::Mutex;
use std::thread;

#[derive(Debug)]
pub struct Table {
    forks: Vec<Mutex<()>>,
}

impl Table {
    pub fn new(seats: usize) -> Self {
        let fork = |_| Mutex::new(());
        Self {
            forks: (0..seats).map(fork).collect(),
        }
    }

    pub fn dine(&self, seat: usize, eat: impl FnOnce()) {
        let left = &self.forks[seat];
        let right = &self.forks[(seat + 1) % self.forks.len()];
        let _left = left.lock().unwrap();
        let _right = loop {
            if let Ok(right) = right.try_lock() {
                break right;
            }
            thread::yield_now();
        };
        eat();
    }
}
