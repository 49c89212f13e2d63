//! One short lock, and a mark on the account that is looked at: whoever waits for it holds nothing meanwhile.

use std::sync::{Condvar, Mutex};

#[derive(Debug)]
pub struct Bank {
    accounts: Mutex<Vec<Account>>,
    let_go: Condvar,
}

#[derive(Debug)]
struct Account {
    balance: u64,
    taken: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Error {
    UnknownAccount(usize),
    TooLittle { balance: u64 },
}

impl Bank {
    pub fn new(balances: Vec<u64>) -> Self {
        let account = |balance| Account {
            balance,
            taken: false,
        };
        Self {
            accounts: Mutex::new(balances.into_iter().map(account).collect()),
            let_go: Condvar::new(),
        }
    }

    pub fn transfer(&self, from: usize, to: usize, amount: u64) -> Result<(), Error> {
        let mut accounts = self.accounts.lock().unwrap();
        for number in [from, to] {
            accounts.get(number).ok_or(Error::UnknownAccount(number))?;
        }
        while accounts[from].taken || accounts[to].taken {
            accounts = self.let_go.wait(accounts).unwrap();
        }
        let balance = accounts[from].balance;
        if balance < amount {
            return Err(Error::TooLittle { balance });
        }
        accounts[from].balance -= amount;
        accounts[to].balance += amount;
        Ok(())
    }

    pub fn inspect<T>(&self, account: usize, look: impl FnOnce(u64) -> T) -> Result<T, Error> {
        let mut accounts = self.accounts.lock().unwrap();
        accounts.get(account).ok_or(Error::UnknownAccount(account))?;
        while accounts[account].taken {
            accounts = self.let_go.wait(accounts).unwrap();
        }
        accounts[account].taken = true;
        let balance = accounts[account].balance;
        drop(accounts);

        let seen = look(balance);
        self.accounts.lock().unwrap()[account].taken = false;
        self.let_go.notify_all();
        Ok(seen)
    }

    pub fn balances(&self) -> Vec<u64> {
        let accounts = self.accounts.lock().unwrap();
        accounts.iter().map(|account| account.balance).collect()
    }
}
