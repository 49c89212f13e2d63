//! Gives the first lock back when the second is taken, and begins again: two who do so in opposite orders can
//! step aside for each other for ever, like people in a narrow corridor.

use std::sync::Mutex;
use std::thread;

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
        loop {
            let mut current = self.current.lock().unwrap();
            let Ok(mut savings) = self.savings.try_lock() else {
                drop(current);
                thread::yield_now();
                continue;
            };
            if *current < amount {
                return false;
            }
            *current -= amount;
            *savings += amount;
            return true;
        }
    }

    pub fn take_back(&self, amount: u64) -> bool {
        loop {
            let mut savings = self.savings.lock().unwrap();
            let Ok(mut current) = self.current.try_lock() else {
                drop(savings);
                thread::yield_now();
                continue;
            };
            if *savings < amount {
                return false;
            }
            *savings -= amount;
            *current += amount;
            return true;
        }
    }

    pub fn balances(&self) -> (u64, u64) {
        let current = self.current.lock().unwrap();
        let savings = self.savings.lock().unwrap();
        (*current, *savings)
    }
}
