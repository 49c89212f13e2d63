//! A closed account is merely an empty one, so it takes money again.

use std::sync::Mutex;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    Overdrawn { balance: u64 },
    Closed,
}

#[derive(Debug)]
pub struct Account {
    balance: Mutex<u64>,
}

impl Account {
    pub fn new(balance: u64) -> Self {
        Self {
            balance: Mutex::new(balance),
        }
    }

    pub fn deposit(&self, amount: u64) -> Result<u64, Refused> {
        let mut balance = self.balance.lock().unwrap();
        *balance += amount;
        Ok(*balance)
    }

    pub fn withdraw(&self, amount: u64) -> Result<u64, Refused> {
        let mut balance = self.balance.lock().unwrap();
        if *balance < amount {
            return Err(Refused::Overdrawn { balance: *balance });
        }
        *balance -= amount;
        Ok(*balance)
    }

    pub fn close(&self) -> Result<u64, Refused> {
        let mut balance = self.balance.lock().unwrap();
        match std::mem::take(&mut *balance) {
            0 => Err(Refused::Closed),
            rest => Ok(rest),
        }
    }

    pub fn balance(&self) -> u64 {
        *self.balance.lock().unwrap()
    }
}
