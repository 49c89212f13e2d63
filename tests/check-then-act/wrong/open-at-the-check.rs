//! Asks whether the account is open, and then pays into it: it may have been closed in between.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    Overdrawn { balance: u64 },
    Closed,
}

#[derive(Debug)]
pub struct Account {
    balance: Mutex<u64>,
    closed: AtomicBool,
}

impl Account {
    pub fn new(balance: u64) -> Self {
        Self {
            balance: Mutex::new(balance),
            closed: AtomicBool::new(false),
        }
    }

    pub fn deposit(&self, amount: u64) -> Result<u64, Refused> {
        if self.closed.load(Ordering::SeqCst) {
            return Err(Refused::Closed);
        }
        let mut balance = self.balance.lock().unwrap();
        *balance += amount;
        Ok(*balance)
    }

    pub fn withdraw(&self, amount: u64) -> Result<u64, Refused> {
        let mut balance = self.balance.lock().unwrap();
        if self.closed.load(Ordering::SeqCst) {
            return Err(Refused::Closed);
        }
        if *balance < amount {
            return Err(Refused::Overdrawn { balance: *balance });
        }
        *balance -= amount;
        Ok(*balance)
    }

    pub fn close(&self) -> Result<u64, Refused> {
        let mut balance = self.balance.lock().unwrap();
        if self.closed.swap(true, Ordering::SeqCst) {
            return Err(Refused::Closed);
        }
        Ok(std::mem::take(&mut *balance))
    }

    pub fn balance(&self) -> u64 {
        *self.balance.lock().unwrap()
    }
}
