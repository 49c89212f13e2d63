//! Both counts in the halves of one atomic, so that they change in one step and always fit each other.

use std::sync::atomic::{AtomicU64, Ordering};

#[derive(Debug)]
pub struct CarPark {
    places: u32,
    peak_and_cars: AtomicU64,
}

impl CarPark {
    pub fn new(places: u32) -> Self {
        Self {
            places,
            peak_and_cars: AtomicU64::new(0),
        }
    }

    pub fn enter(&self) -> bool {
        self.peak_and_cars
            .fetch_update(Ordering::AcqRel, Ordering::Acquire, |both| {
                let (peak, cars) = split(both);
                (cars < self.places).then(|| join(peak.max(cars + 1), cars + 1))
            })
            .is_ok()
    }

    pub fn leave(&self) {
        self.peak_and_cars.fetch_sub(1, Ordering::AcqRel);
    }

    pub fn cars(&self) -> u32 {
        split(self.peak_and_cars.load(Ordering::Acquire)).1
    }

    pub fn peak(&self) -> u32 {
        split(self.peak_and_cars.load(Ordering::Acquire)).0
    }
}

fn split(both: u64) -> (u32, u32) {
    ((both >> 32) as u32, both as u32)
}

fn join(peak: u32, cars: u32) -> u64 {
    u64::from(peak) << 32 | u64::from(cars)
}
