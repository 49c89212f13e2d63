//! Pay out of an account from many threads, and never more than is there.

use std::error::Error;
use std::fmt;
use std::sync::Mutex;

/// An account that threads share. It holds money until it is closed.
///
/// ```
/// use std::thread;
///
/// use check_then_act::{Account, Refused};
///
/// let account = Account::new(100);
/// thread::scope(|scope| {
///     scope.spawn(|| account.withdraw(70));
///     scope.spawn(|| account.withdraw(70));
/// });
/// assert_eq!(account.balance(), 30); // whoever came second got nothing
///
/// assert_eq!(account.withdraw(31), Err(Refused::Overdrawn { balance: 30 }));
/// assert_eq!(account.deposit(5), Ok(35));
/// assert_eq!(account.close(), Ok(35));
/// assert_eq!(account.deposit(5), Err(Refused::Closed));
/// ```
#[derive(Debug)]
pub struct Account {
    /// `None` when the account is closed.
    balance: Mutex<Option<u64>>,
}

/// Why nothing has been moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// Less is there than was asked for.
    Overdrawn {
        /// What is there.
        balance: u64,
    },
    /// The account is closed.
    Closed,
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Refused::Overdrawn { balance } => write!(f, "there are only {balance} in the account"),
            Refused::Closed => write!(f, "the account is closed"),
        }
    }
}

impl Error for Refused {}

impl Account {
    /// An open account with this balance.
    pub fn new(balance: u64) -> Self {
        Self {
            balance: Mutex::new(Some(balance)),
        }
    }

    /// Pays `amount` in, and returns the balance that this made.
    pub fn deposit(&self, amount: u64) -> Result<u64, Refused> {
        if self.is_closed() {
            return Err(Refused::Closed);
        }
        let balance = self.balance() + amount;
        *self.balance.lock().expect("nobody panics under the lock") = Some(balance);
        Ok(balance)
    }

    /// Pays `amount` out, if so much is there, and returns the balance that this made.
    pub fn withdraw(&self, amount: u64) -> Result<u64, Refused> {
        // Every look is under the lock, and so is every change. But what about the time between the two?
        if self.is_closed() {
            return Err(Refused::Closed);
        }
        if self.balance() < amount {
            return Err(Refused::Overdrawn {
                balance: self.balance(),
            });
        }
        let balance = self.balance() - amount;
        *self.balance.lock().expect("nobody panics under the lock") = Some(balance);
        Ok(balance)
    }

    /// Closes the account, and pays out what is there.
    pub fn close(&self) -> Result<u64, Refused> {
        if self.is_closed() {
            return Err(Refused::Closed);
        }
        let rest = self.balance();
        *self.balance.lock().expect("nobody panics under the lock") = None;
        Ok(rest)
    }

    /// What is there: nothing, if the account is closed.
    pub fn balance(&self) -> u64 {
        self.balance
            .lock()
            .expect("nobody panics under the lock")
            .unwrap_or(0)
    }

    fn is_closed(&self) -> bool {
        self.balance
            .lock()
            .expect("nobody panics under the lock")
            .is_none()
    }
}
