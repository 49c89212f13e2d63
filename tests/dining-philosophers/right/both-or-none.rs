//! Takes both forks in one step, or waits with empty hands: whoever waits holds nothing.

use std::sync::{Condvar, Mutex};

#[derive(Debug)]
pub struct Table {
    seats: usize,
    taken: Mutex<Vec<bool>>,
    put_down: Condvar,
}

impl Table {
    pub fn new(seats: usize) -> Self {
        Self {
            seats,
            taken: Mutex::new(vec![false; seats]),
            put_down: Condvar::new(),
        }
    }

    pub fn dine(&self, seat: usize, eat: impl FnOnce()) {
        let right = (seat + 1) % self.seats;
        let mut taken = self.taken.lock().unwrap();
        while taken[seat] || taken[right] {
            taken = self.put_down.wait(taken).unwrap();
        }
        taken[seat] = true;
        taken[right] = true;
        drop(taken);

        eat();

        let mut taken = self.taken.lock().unwrap();
        taken[seat] = false;
        taken[right] = false;
        self.put_down.notify_all();
    }
}
