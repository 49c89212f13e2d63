//! Compares with the peak and then writes it: a lower one can overwrite a higher one that came in between.

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
        if let Ok(before) = counted
            && before + 1 > self.peak()
        {
            self.peak.store(before + 1, Ordering::SeqCst);
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
