//! Adds first, takes it back if that was too much, and hides it from who looks: who comes meanwhile still meets it.

use std::sync::atomic::{AtomicU32, Ordering};

#[derive(Debug)]
pub struct CarPark {
    places: u32,
    cars: AtomicU32,
    peak: AtomicU32,
}

impl CarPark {
    pub fn new(places: u32) -> Self {
        Self {
            places,
            cars: AtomicU32::new(0),
            peak: AtomicU32::new(0),
        }
    }

    pub fn enter(&self) -> bool {
        let before = self.cars.fetch_add(1, Ordering::SeqCst);
        if before >= self.places {
            self.cars.fetch_sub(1, Ordering::SeqCst);
            return false;
        }
        self.peak.fetch_max(before + 1, Ordering::SeqCst);
        true
    }

    pub fn leave(&self) {
        self.cars.fetch_sub(1, Ordering::SeqCst);
    }

    pub fn cars(&self) -> u32 {
        self.cars.load(Ordering::SeqCst).min(self.places)
    }

    pub fn peak(&self) -> u32 {
        self.peak.load(Ordering::SeqCst)
    }
}
