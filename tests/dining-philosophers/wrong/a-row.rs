//! Puts a fork at either end, as if the seats were a row: the first and the last share none.

use std::sync::Mutex;

#[derive(Debug)]
pub struct Table {
    forks: Vec<Mutex<()>>,
}

impl Table {
    pub fn new(seats: usize) -> Self {
        let fork = |_| Mutex::new(());
        Self {
            forks: (0..=seats).map(fork).collect(),
        }
    }

    pub fn dine(&self, seat: usize, eat: impl FnOnce()) {
        let _left = self.forks[seat].lock().unwrap();
        let _right = self.forks[seat + 1].lock().unwrap();
        eat();
    }
}
