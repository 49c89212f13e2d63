//! The loop by hand, for both: write only if the value is still the one that was read, else begin again.

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
        let mut cars = self.cars();
        loop {
            if cars >= self.places {
                return false;
            }
            match self
                .cars
                .compare_exchange_weak(cars, cars + 1, Ordering::SeqCst, Ordering::SeqCst)
            {
                Ok(_) => break,
                Err(newer) => cars = newer,
            }
        }
        let mut peak = self.peak();
        while peak <= cars {
            match self
                .peak
                .compare_exchange_weak(peak, cars + 1, Ordering::SeqCst, Ordering::SeqCst)
            {
                Ok(_) => break,
                Err(newer) => peak = newer,
            }
        }
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
