//! Reads one balance after the other: a transfer in between is counted twice, or not at all.

use std::sync::Mutex;

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
        let payer = self.account(from)?;
        self.account(to)?;
        if from == to {
            let balance = *payer.lock().unwrap();
            return if balance < amount {
                Err(Error::TooLittle { balance })
            } else {
                Ok(())
            };
        }
        let first = self.accounts[from.min(to)].lock().unwrap();
        let second = self.accounts[from.max(to)].lock().unwrap();
        let (mut payer, mut payee) = if from < to {
            (first, second)
        } else {
            (second, first)
        };
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

    pub fn balances(&self) -> Vec<u64> {
        self.accounts
            .iter()
            .map(|account| *account.lock().unwrap())
            .collect()
    }

    fn account(&self, number: usize) -> Result<&Mutex<u64>, Error> {
        self.accounts.get(number).ok_or(Error::UnknownAccount(number))
    }
}
