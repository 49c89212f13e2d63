//! Forgets that the first seat follows the last.

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
        let _left = self.forks[seat].lock().unwrap();
        let _right = self.forks[seat + 1].lock().unwrap();
        eat();
    }
}
