//! Waits a little before the second fork, each for a different time: the circle is rare now, and there.

use std::sync::Mutex;
use std::thread;
use std::time::Duration;

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
        thread::sleep(Duration::from_millis(10 * seat as u64));
        let _right = right.lock().unwrap();
        eat();
    }
}
