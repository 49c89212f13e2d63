//! A lock for each of the two facts, always taken in the same order and held to the end.

use std::sync::Mutex;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    Overdrawn { balance: u64 },
    Closed,
}

#[derive(Debug)]
pub struct Account {
    closed: Mutex<bool>,
    balance: Mutex<u64>,
}

impl Account {
    pub fn new(balance: u64) -> Self {
        Self {
            closed: Mutex::new(false),
            balance: Mutex::new(balance),
        }
    }

    pub fn deposit(&self, amount: u64) -> Result<u64, Refused> {
        self.if_open(|balance| {
            *balance += amount;
            Ok(*balance)
        })
    }

    pub fn withdraw(&self, amount: u64) -> Result<u64, Refused> {
        self.if_open(|balance| {
            if *balance < amount {
                return Err(Refused::Overdrawn { balance: *balance });
            }
            *balance -= amount;
            Ok(*balance)
        })
    }

    pub fn close(&self) -> Result<u64, Refused> {
        let mut closed = self.closed.lock().unwrap();
        if *closed {
            return Err(Refused::Closed);
        }
        *closed = true;
        Ok(std::mem::take(&mut *self.balance.lock().unwrap()))
    }

    pub fn balance(&self) -> u64 {
        *self.balance.lock().unwrap()
    }

    fn if_open<T>(&self, work: impl FnOnce(&mut u64) -> Result<T, Refused>) -> Result<T, Refused> {
        let closed = self.closed.lock().unwrap();
        if *closed {
            return Err(Refused::Closed);
        }
        work(&mut self.balance.lock().unwrap())
    }
}
