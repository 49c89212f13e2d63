//! Move money between any two accounts of a bank.

use std::cmp::Ordering;
use std::fmt;
use std::sync::{Mutex, MutexGuard};

/// Accounts, numbered from 0. Threads share them and move money between any two.
///
/// ```
/// use std::thread;
///
/// use transfer::{Bank, Error};
///
/// let bank = Bank::new(vec![100, 50, 0]);
/// thread::scope(|scope| {
///     scope.spawn(|| bank.transfer(0, 1, 30));
///     scope.spawn(|| bank.transfer(1, 0, 20));
/// });
/// assert_eq!(bank.balances(), [90, 60, 0]);
/// assert_eq!(bank.inspect(1, |balance| balance / 2), Ok(30));
///
/// assert_eq!(bank.transfer(2, 0, 5), Err(Error::TooLittle { balance: 0 }));
/// assert_eq!(bank.transfer(0, 7, 5), Err(Error::UnknownAccount(7)));
/// ```
#[derive(Debug)]
pub struct Bank {
    // Whoever needs several of these locks takes them in the order of the accounts' numbers.
    accounts: Vec<Mutex<u64>>,
}

/// Why the bank did nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Error {
    /// There is no account with this number.
    UnknownAccount(usize),
    /// The account that pays has less than the amount: so much.
    TooLittle {
        /// What it has.
        balance: u64,
    },
}

impl Bank {
    /// A bank whose accounts have these balances.
    pub fn new(balances: Vec<u64>) -> Self {
        let account = |balance| Mutex::new(balance);
        Self {
            accounts: balances.into_iter().map(account).collect(),
        }
    }

    /// Moves `amount` from the account `from` to the account `to`.
    pub fn transfer(&self, from: usize, to: usize, amount: u64) -> Result<(), Error> {
        let (payer, payee) = (self.account(from)?, self.account(to)?);
        let (mut payer, mut payee) = match from.cmp(&to) {
            Ordering::Less => {
                let payer = locked(payer);
                (payer, locked(payee))
            }
            Ordering::Greater => {
                let payee = locked(payee);
                (locked(payer), payee)
            }
            // One lock, and one look: whoever locked it twice would wait for himself.
            Ordering::Equal => return is_there(amount, *locked(payer)),
        };
        is_there(amount, *payer)?;
        *payer -= amount;
        *payee += amount;
        Ok(())
    }

    /// Calls `look` with the balance of `account`, which stays as it is until `look` returns.
    pub fn inspect<T>(&self, account: usize, look: impl FnOnce(u64) -> T) -> Result<T, Error> {
        let balance = locked(self.account(account)?);
        Ok(look(*balance))
    }

    /// All balances, at one and the same moment.
    pub fn balances(&self) -> Vec<u64> {
        // First all the locks, in the same order as everybody; then, while all are held, the balances.
        let accounts: Vec<_> = self.accounts.iter().map(locked).collect();
        accounts.iter().map(|balance| **balance).collect()
    }

    fn account(&self, number: usize) -> Result<&Mutex<u64>, Error> {
        self.accounts.get(number).ok_or(Error::UnknownAccount(number))
    }
}

fn locked(account: &Mutex<u64>) -> MutexGuard<'_, u64> {
    account.lock().expect("nobody panics under a lock")
}

fn is_there(amount: u64, balance: u64) -> Result<(), Error> {
    if balance < amount {
        return Err(Error::TooLittle { balance });
    }
    Ok(())
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::UnknownAccount(number) => write!(f, "there is no account {number}"),
            Error::TooLittle { balance } => write!(f, "there are only {balance}"),
        }
    }
}

impl std::error::Error for Error {}
