//! One lock around both: what always changes together need not be locked apart.

use std::sync::Mutex;

#[derive(Debug)]
pub struct Accounts {
    both: Mutex<(u64, u64)>,
}

impl Accounts {
    pub fn new(current: u64, savings: u64) -> Self {
        Self {
            both: Mutex::new((current, savings)),
        }
    }

    pub fn save(&self, amount: u64) -> bool {
        let (current, savings) = &mut *self.both.lock().unwrap();
        if *current < amount {
            return false;
        }
        *current -= amount;
        *savings += amount;
        true
    }

    pub fn take_back(&self, amount: u64) -> bool {
        let (current, savings) = &mut *self.both.lock().unwrap();
        if *savings < amount {
            return false;
        }
        *savings -= amount;
        *current += amount;
        true
    }

    pub fn balances(&self) -> (u64, u64) {
        *self.both.lock().unwrap()
    }
}
