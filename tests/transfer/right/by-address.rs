//! Orders the locks by where they lie in memory, and not by the numbers of the accounts.

use std::ptr;
use std::sync::{Mutex, MutexGuard};

#[derive(Debug)]
pub struct Bank {
    accounts: Vec<Mutex<u64>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Error {
    UnknownAccount(usize),
    TooLittle { balance: u64 },
}

impl Bank {
    pub fn new(balances: Vec<u64>) -> Self {
        let account = |balance| Mutex::new(balance);
        Self {
            accounts: balances.into_iter().map(account).collect(),
        }
    }

    pub fn transfer(&self, from: usize, to: usize, amount: u64) -> Result<(), Error> {
        let (payer, payee) = (self.account(from)?, self.account(to)?);
        if ptr::eq(payer, payee) {
            let balance = *payer.lock().unwrap();
            return if balance < amount {
                Err(Error::TooLittle { balance })
            } else {
                Ok(())
            };
        }
        let (mut payer, mut payee) = both(payer, payee);
        if *payer < amount {
            return Err(Error::TooLittle { balance: *payer });
        }
        *payer -= amount;
        *payee += amount;
        Ok(())
    }

    pub fn inspect<T>(&self, account: usize, look: impl FnOnce(u64) -> T) -> Result<T, Error> {
        let balance = self.account(account)?.lock().unwrap();
        Ok(look(*balance))
    }

    // The accounts of a Vec lie in ascending order.
    pub fn balances(&self) -> Vec<u64> {
        let accounts: Vec<_> = self
            .accounts
            .iter()
            .map(|account| account.lock().unwrap())
            .collect();
        accounts.iter().map(|balance| **balance).collect()
    }

    fn account(&self, number: usize) -> Result<&Mutex<u64>, Error> {
        self.accounts.get(number).ok_or(Error::UnknownAccount(number))
    }
}

fn both<'a>(one: &'a Mutex<u64>, other: &'a Mutex<u64>) -> (MutexGuard<'a, u64>, MutexGuard<'a, u64>) {
    if ptr::from_ref(one) < ptr::from_ref(other) {
        let one = one.lock().unwrap();
        (one, other.lock().unwrap())
    } else {
        let other = other.lock().unwrap();
        (one.lock().unwrap(), other)
    }
}
