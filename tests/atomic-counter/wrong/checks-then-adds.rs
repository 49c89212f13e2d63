//! Looks whether a place is free, and adds in a step of its own: two look, and both come in.

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
        if self.cars() >= self.places {
            return false;
        }
        let cars = self.cars.fetch_add(1, Ordering::SeqCst) + 1;
        self.peak.fetch_max(cars, Ordering::SeqCst);
        true
    }

    pub fn leave(&self) {
        self.cars.fetch_sub(1, Ordering::SeqCst);
    }

    pub fn cars(&self) -> u32 {
        self.cars.load(Ordering::SeqCst)
    }

    pub fn peak(&self) -> u32 {
        self.peak.load(Ordering::SeqCst)
    }
}
