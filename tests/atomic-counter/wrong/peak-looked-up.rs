//! Looks the number of cars up again for the peak: some may have left since this one came in.

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
        let counted = self
            .cars
            .fetch_update(Ordering::SeqCst, Ordering::SeqCst, |cars| {
                (cars < self.places).then_some(cars + 1)
            });
        if counted.is_ok() {
            self.peak.fetch_max(self.cars(), Ordering::SeqCst);
        }
        counted.is_ok()
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
