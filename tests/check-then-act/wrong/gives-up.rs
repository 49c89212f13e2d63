//! Does not wait for the lock, and calls it overdrawn when somebody else is at the account.

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
        let Ok(mut account) = self.balance.try_lock() else {
            return Err(Refused::Overdrawn { balance: 0 });
        };
        let balance = account.as_mut().ok_or(Refused::Closed)?;
        if *balance < amount {
            return Err(Refused::Overdrawn { balance: *balance });
        }
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
