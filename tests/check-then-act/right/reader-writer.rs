//! A lock that lets those who only look in together, and whoever moves money alone.

use std::sync::RwLock;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    Overdrawn { balance: u64 },
    Closed,
}

#[derive(Debug)]
pub struct Account {
    balance: RwLock<Option<u64>>,
}

impl Account {
    pub fn new(balance: u64) -> Self {
        Self {
            balance: RwLock::new(Some(balance)),
        }
    }

    pub fn deposit(&self, amount: u64) -> Result<u64, Refused> {
        let mut account = self.balance.write().unwrap();
        let balance = account.as_mut().ok_or(Refused::Closed)?;
        *balance += amount;
        Ok(*balance)
    }

    pub fn withdraw(&self, amount: u64) -> Result<u64, Refused> {
        let mut account = self.balance.write().unwrap();
        let balance = account.as_mut().ok_or(Refused::Closed)?;
        if *balance < amount {
            return Err(Refused::Overdrawn { balance: *balance });
        }
        *balance -= amount;
        Ok(*balance)
    }

    pub fn close(&self) -> Result<u64, Refused> {
        self.balance.write().unwrap().take().ok_or(Refused::Closed)
    }

    pub fn balance(&self) -> u64 {
        self.balance.read().unwrap().unwrap_or(0)
    }
}
