//! Waits until both forks are free, and then takes them, in three steps: a neighbour can do the same between.

use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

#[derive(Debug)]
pub struct Table {
    taken: Vec<AtomicBool>,
}

impl Table {
    pub fn new(seats: usize) -> Self {
        Self {
            taken: (0..seats).map(|_| AtomicBool::new(false)).collect(),
        }
    }

    pub fn dine(&self, seat: usize, eat: impl FnOnce()) {
        let right = (seat + 1) % self.taken.len();
        while self.is_taken(seat) || self.is_taken(right) {
            thread::yield_now();
        }
        self.taken[seat].store(true, Ordering::SeqCst);
        self.taken[right].store(true, Ordering::SeqCst);
        eat();
        self.taken[seat].store(false, Ordering::SeqCst);
        self.taken[right].store(false, Ordering::SeqCst);
    }

    fn is_taken(&self, fork: usize) -> bool {
        self.taken[fork].load(Ordering::SeqCst)
    }
}
