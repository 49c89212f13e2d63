//! One function that takes both locks: an order that is written once cannot be got wrong twice.

use std::sync::{Mutex, MutexGuard};

#[derive(Debug)]
pub struct Accounts {
    current: Mutex<u64>,
    savings: Mutex<u64>,
}

impl Accounts {
    pub fn new(current: u64, savings: u64) -> Self {
        Self {
            current: Mutex::new(current),
            savings: Mutex::new(savings),
        }
    }

    pub fn save(&self, amount: u64) -> bool {
        let (mut current, mut savings) = self.both();
        transfer(&mut current, &mut savings, amount)
    }

    pub fn take_back(&self, amount: u64) -> bool {
        let (mut current, mut savings) = self.both();
        transfer(&mut savings, &mut current, amount)
    }

    pub fn balances(&self) -> (u64, u64) {
        let (current, savings) = self.both();
        (*current, *savings)
    }

    fn both(&self) -> (MutexGuard<'_, u64>, MutexGuard<'_, u64>) {
        (self.current.lock().unwrap(), self.savings.lock().unwrap())
    }
}

fn transfer(from: &mut u64, to: &mut u64, amount: u64) -> bool {
    if *from < amount {
        return false;
    }
    *from -= amount;
    *to += amount;
    true
}
