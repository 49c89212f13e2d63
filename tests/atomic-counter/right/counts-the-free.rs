//! Counts the free places down, where zero is the end by itself; the peak is the fewest that were free.

use std::sync::atomic::{AtomicU32, Ordering};

#[derive(Debug)]
pub struct CarPark {
    places: u32,
    free: AtomicU32,
    fewest: AtomicU32,
}

impl CarPark {
    pub fn new(places: u32) -> Self {
        Self {
            places,
            free: AtomicU32::new(places),
            fewest: AtomicU32::new(places),
        }
    }

    pub fn enter(&self) -> bool {
        self.free
            .fetch_update(Ordering::SeqCst, Ordering::SeqCst, |free| free.checked_sub(1))
            .map(|before| self.fewest.fetch_min(before - 1, Ordering::SeqCst))
            .is_ok()
    }

    pub fn leave(&self) {
        self.free.fetch_add(1, Ordering::SeqCst);
    }

    pub fn cars(&self) -> u32 {
        self.places - self.free.load(Ordering::SeqCst)
    }

    pub fn peak(&self) -> u32 {
        self.places - self.fewest.load(Ordering::SeqCst)
    }
}
