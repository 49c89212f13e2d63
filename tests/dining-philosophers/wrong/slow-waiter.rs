//! Asks a waiter for the forks, who stands by one guest until both are free: meanwhile he serves nobody else.

use std::sync::Mutex;

#[derive(Debug)]
pub struct Table {
    waiter: Mutex<()>,
    forks: Vec<Mutex<()>>,
}

impl Table {
    pub fn new(seats: usize) -> Self {
        let fork = |_| Mutex::new(());
        Self {
            waiter: Mutex::new(()),
            forks: (0..seats).map(fork).collect(),
        }
    }

    pub fn dine(&self, seat: usize, eat: impl FnOnce()) {
        let waiter = self.waiter.lock().unwrap();
        let left = &self.forks[seat];
        let right = &self.forks[(seat + 1) % self.forks.len()];
        let _left = left.lock().unwrap();
        let _right = right.lock().unwrap();
        drop(waiter);
        eat();
    }
}
