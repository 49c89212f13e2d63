//! A lock made of an atomic flag: it is no better than a Mutex, but it is right.

use std::hint;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

#[derive(Debug)]
pub struct CarPark {
    places: u32,
    cars: AtomicU32,
    peak: AtomicU32,
    busy: AtomicBool,
}

impl CarPark {
    pub fn new(places: u32) -> Self {
        Self {
            places,
            cars: AtomicU32::new(0),
            peak: AtomicU32::new(0),
            busy: AtomicBool::new(false),
        }
    }

    pub fn enter(&self) -> bool {
        self.alone(|| {
            let cars = self.cars();
            if cars >= self.places {
                return false;
            }
            self.cars.store(cars + 1, Ordering::Relaxed);
            self.peak.store(self.peak().max(cars + 1), Ordering::Relaxed);
            true
        })
    }

    pub fn leave(&self) {
        self.alone(|| self.cars.store(self.cars() - 1, Ordering::Relaxed));
    }

    pub fn cars(&self) -> u32 {
        self.cars.load(Ordering::Relaxed)
    }

    pub fn peak(&self) -> u32 {
        self.peak.load(Ordering::Relaxed)
    }

    fn alone<T>(&self, work: impl FnOnce() -> T) -> T {
        while self.busy.swap(true, Ordering::Acquire) {
            hint::spin_loop();
        }
        let result = work();
        self.busy.store(false, Ordering::Release);
        result
    }
}
