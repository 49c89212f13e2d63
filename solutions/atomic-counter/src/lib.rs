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
        // The closure says what to make of the count, or that there is nothing to be made of it. It is called
        // again with the newer count for as long as other threads are faster, so it does nothing but answer.
        // `Relaxed` will do: no other data is handed over along with the counts.
        let counted = self
            .cars
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |cars| {
                (cars < self.places).then_some(cars + 1)
            });
        match counted {
            Ok(before) => {
                // The count that this car made, not one that is looked up: cars may have left meanwhile.
                self.peak.fetch_max(before + 1, Ordering::Relaxed);
                true
            }
            Err(_full) => false,
        }
    }

    /// Lets a car out, one of those that are in.
    pub fn leave(&self) {
        // Nothing to be checked first, so one step is all it takes.
        self.cars.fetch_sub(1, Ordering::Relaxed);
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
