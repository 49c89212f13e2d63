//! Every other philosopher reaches to the right first: neighbours reach for the same fork, and one of them waits with empty hands.

use std::sync::Mutex;

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
        let (first, second) = if seat.is_multiple_of(2) {
            (left, right)
        } else {
            (right, left)
        };
        let _first = first.lock().unwrap();
        let _second = second.lock().unwrap();
        eat();
    }
}
