//! One lock for the whole bank: no deadlock, and a slow inspector closes every counter.

use std::sync::Mutex;

#[derive(Debug)]
pub struct Bank {
    accounts: Mutex<Vec<u64>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Error {
    UnknownAccount(usize),
    TooLittle { balance: u64 },
}

impl Bank {
    pub fn new(balances: Vec<u64>) -> Self {
        Self {
            accounts: Mutex::new(balances),
        }
    }

    pub fn transfer(&self, from: usize, to: usize, amount: u64) -> Result<(), Error> {
        let mut accounts = self.accounts.lock().unwrap();
        let balance = *accounts.get(from).ok_or(Error::UnknownAccount(from))?;
        accounts.get(to).ok_or(Error::UnknownAccount(to))?;
        if balance < amount {
            return Err(Error::TooLittle { balance });
        }
        accounts[from] -= amount;
        accounts[to] += amount;
        Ok(())
    }

    pub fn inspect<T>(&self, account: usize, look: impl FnOnce(u64) -> T) -> Result<T, Error> {
        let accounts = self.accounts.lock().unwrap();
        let balance = accounts.get(account).ok_or(Error::UnknownAccount(account))?;
        Ok(look(*balance))
    }

    pub fn balances(&self) -> Vec<u64> {
        self.accounts.lock().unwrap().clone()
    }
}
