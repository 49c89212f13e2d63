//! Move money between two accounts, both ways at once.

use std::sync::Mutex;

/// A current account and a savings account. Threads share them and move money both ways.
///
/// ```
/// use std::thread;
///
/// use two_locks::Accounts;
///
/// let accounts = Accounts::new(100, 50);
/// thread::scope(|scope| {
///     scope.spawn(|| assert!(accounts.save(30)));
///     scope.spawn(|| assert!(accounts.take_back(10)));
/// });
/// assert_eq!(accounts.balances(), (80, 70));
/// assert!(!accounts.save(1_000));
/// ```
#[derive(Debug)]
pub struct Accounts {
    current: Mutex<u64>,
    savings: Mutex<u64>,
}

impl Accounts {
    /// Two accounts with these balances.
    pub fn new(current: u64, savings: u64) -> Self {
        Self {
            current: Mutex::new(current),
            savings: Mutex::new(savings),
        }
    }

    /// Moves `amount` from the current account to the savings, if it is there; whether it was.
    pub fn save(&self, amount: u64) -> bool {
        // The account that pays comes first, here and below: each for itself is fine.
        let mut current = self.current.lock().expect("nobody panics under a lock");
        let mut savings = self.savings.lock().expect("nobody panics under a lock");
        if *current < amount {
            return false;
        }
        *current -= amount;
        *savings += amount;
        true
    }

    /// Moves `amount` from the savings back to the current account, if it is there; whether it was.
    pub fn take_back(&self, amount: u64) -> bool {
        let mut savings = self.savings.lock().expect("nobody panics under a lock");
        let mut current = self.current.lock().expect("nobody panics under a lock");
        if *savings < amount {
            return false;
        }
        *savings -= amount;
        *current += amount;
        true
    }

    /// Both balances, current and savings, at one and the same moment.
    pub fn balances(&self) -> (u64, u64) {
        let current = self.current.lock().expect("nobody panics under a lock");
        let savings = self.savings.lock().expect("nobody panics under a lock");
        (*current, *savings)
    }
}
