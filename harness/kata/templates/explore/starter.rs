//! Give out numbers, each of them once.

use std::sync::atomic::{AtomicU64, Ordering};

/// Numbers that are given out one after the other, to any thread that asks.
#[derive(Debug, Default)]
pub struct Tickets {
    last: AtomicU64,
}

impl Tickets {
    /// Nothing has been given out yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// The next number, from 1 on.
    pub fn next(&self) -> u64 {
        let next = self.last.load(Ordering::SeqCst) + 1;
        self.last.store(next, Ordering::SeqCst);
        next
    }
}
