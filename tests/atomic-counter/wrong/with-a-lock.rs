//! Takes a lock after all: right, and not what this is about.

use std::sync::Mutex;

#[derive(Debug)]
pub struct CarPark {
    places: u32,
    cars_and_peak: Mutex<(u32, u32)>,
}

impl CarPark {
    pub fn new(places: u32) -> Self {
        Self {
            places,
            cars_and_peak: Mutex::new((0, 0)),
        }
    }

    pub fn enter(&self) -> bool {
        let mut guard = self.cars_and_peak.lock().unwrap();
        let (cars, peak) = &mut *guard;
        if *cars == self.places {
            return false;
        }
        *cars += 1;
        *peak = (*peak).max(*cars);
        true
    }

    pub fn leave(&self) {
        self.cars_and_peak.lock().unwrap().0 -= 1;
    }

    pub fn cars(&self) -> u32 {
        self.cars_and_peak.lock().unwrap().0
    }

    pub fn peak(&self) -> u32 {
        self.cars_and_peak.lock().unwrap().1
    }
}
