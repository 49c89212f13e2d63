//! Adds in one step, and looks in another one.

use std::sync::atomic::{AtomicU64, Ordering};

#[derive(Debug, Default)]
pub struct Tickets {
    last: AtomicU64,
}

impl Tickets {
    pub fn new() -> Self {
        Self::default()
    }

    pub fn next(&self) -> u64 {
        self.last.fetch_add(1, Ordering::SeqCst);
        self.last.load(Ordering::SeqCst)
    }
}
