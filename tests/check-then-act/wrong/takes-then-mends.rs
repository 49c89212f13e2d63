//! Takes first, and puts it back if that was too much: who comes in between is refused for nothing.

use std::sync::Mutex;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    Overdrawn { balance: u64 },
    Closed,
}

#[derive(Debug)]
pub struct Account {
    balance: Mutex<Option<i64>>,
}

impl Account {
    pub fn new(balance: u64) -> Self {
        Self {
            balance: Mutex::new(Some(balance as i64)),
        }
    }

    pub fn deposit(&self, amount: u64) -> Result<u64, Refused> {
        self.add(amount as i64).map(|balance| balance as u64)
    }

    pub fn withdraw(&self, amount: u64) -> Result<u64, Refused> {
        let balance = self.add(-(amount as i64))?;
        if balance < 0 {
            let balance = self.add(amount as i64)? as u64;
            return Err(Refused::Overdrawn { balance });
        }
        Ok(balance as u64)
    }

    pub fn close(&self) -> Result<u64, Refused> {
        let rest = self.balance.lock().unwrap().take();
        rest.map(|rest| rest as u64).ok_or(Refused::Closed)
    }

    pub fn balance(&self) -> u64 {
        self.balance.lock().unwrap().unwrap_or(0).max(0) as u64
    }

    fn add(&self, amount: i64) -> Result<i64, Refused> {
        let mut account = self.balance.lock().unwrap();
        let balance = account.as_mut().ok_or(Refused::Closed)?;
        *balance += amount;
        Ok(*balance)
    }
}
