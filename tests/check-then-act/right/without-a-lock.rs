//! One atomic for both facts, balance and closed, and compare and exchange around every check.

use std::sync::atomic::{AtomicU64, Ordering};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    Overdrawn { balance: u64 },
    Closed,
}

#[derive(Debug)]
pub struct Account {
    balance: AtomicU64,
}

/// No balance is ever as high.
const CLOSED: u64 = u64::MAX;

impl Account {
    pub fn new(balance: u64) -> Self {
        Self {
            balance: AtomicU64::new(balance),
        }
    }

    pub fn deposit(&self, amount: u64) -> Result<u64, Refused> {
        self.change(|balance| Ok(balance + amount))
    }

    pub fn withdraw(&self, amount: u64) -> Result<u64, Refused> {
        self.change(|balance| balance.checked_sub(amount).ok_or(Refused::Overdrawn { balance }))
    }

    pub fn close(&self) -> Result<u64, Refused> {
        match self.balance.swap(CLOSED, Ordering::AcqRel) {
            CLOSED => Err(Refused::Closed),
            rest => Ok(rest),
        }
    }

    pub fn balance(&self) -> u64 {
        match self.balance.load(Ordering::Acquire) {
            CLOSED => 0,
            balance => balance,
        }
    }

    fn change(&self, to: impl Fn(u64) -> Result<u64, Refused>) -> Result<u64, Refused> {
        let mut seen = self.balance.load(Ordering::Acquire);
        loop {
            if seen == CLOSED {
                return Err(Refused::Closed);
            }
            let new = to(seen)?;
            match self
                .balance
                .compare_exchange_weak(seen, new, Ordering::AcqRel, Ordering::Acquire)
            {
                Ok(_) => return Ok(new),
                Err(newer) => seen = newer,
            }
        }
    }
}
