//! Takes the right fork first instead of the left: the circle goes the other way round.

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
        let _right = right.lock().unwrap();
        let _left = left.lock().unwrap();
        eat();
    }
}
