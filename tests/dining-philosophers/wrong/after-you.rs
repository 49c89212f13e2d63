//! Puts the first fork down when the second is taken, and begins again: so can the others, in step, for ever.

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
        loop {
            let _left = left.lock().unwrap();
            if let Ok(_right) = right.try_lock() {
                return eat();
            }
        }
    }
}
