//! Lets all but one sit down at a time: there is a fork more than hands that reach for a first one.

use std::sync::{Condvar, Mutex};

#[derive(Debug)]
pub struct Table {
    forks: Vec<Mutex<()>>,
    free: Mutex<usize>,
    got_up: Condvar,
}

impl Table {
    pub fn new(seats: usize) -> Self {
        let fork = |_| Mutex::new(());
        Self {
            forks: (0..seats).map(fork).collect(),
            free: Mutex::new(seats - 1),
            got_up: Condvar::new(),
        }
    }

    pub fn dine(&self, seat: usize, eat: impl FnOnce()) {
        self.sit_down();
        self.eat_with_both(seat, eat);
        *self.free.lock().unwrap() += 1;
        self.got_up.notify_one();
    }

    fn sit_down(&self) {
        let mut free = self.free.lock().unwrap();
        while *free == 0 {
            free = self.got_up.wait(free).unwrap();
        }
        *free -= 1;
    }

    fn eat_with_both(&self, seat: usize, eat: impl FnOnce()) {
        let _left = self.forks[seat].lock().unwrap();
        let _right = self.forks[(seat + 1) % self.forks.len()].lock().unwrap();
        eat();
    }
}
