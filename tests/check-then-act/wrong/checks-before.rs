//! Checks under the lock, lets it go, and takes what may be gone by then.

use std::sync::Mutex;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    Overdrawn { balance: u64 },
    Closed,
}

#[derive(Debug)]
pub struct Account {
    balance: Mutex<Option<u64>>,
}

impl Account {
    pub fn new(balance: u64) -> Self {
        Self {
            balance: Mutex::new(Some(balance)),
        }
    }

    pub fn deposit(&self, amount: u64) -> Result<u64, Refused> {
        let mut account = self.balance.lock().unwrap();
        let balance = account.as_mut().ok_or(Refused::Closed)?;
        *balance += amount;
        Ok(*balance)
    }

    pub fn withdraw(&self, amount: u64) -> Result<u64, Refused> {
        let seen = (*self.balance.lock().unwrap()).ok_or(Refused::Closed)?;
        if seen < amount {
            return Err(Refused::Overdrawn { balance: seen });
        }
        let mut account = self.balance.lock().unwrap();
        let balance = account.as_mut().ok_or(Refused::Closed)?;
        *balance -= amount;
        Ok(*balance)
    }

    pub fn close(&self) -> Result<u64, Refused> {
        self.balance.lock().unwrap().take().ok_or(Refused::Closed)
    }

    pub fn balance(&self) -> u64 {
        self.balance.lock().unwrap().unwrap_or(0)
    }
}
