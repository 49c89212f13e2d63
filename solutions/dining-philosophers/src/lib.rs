//! Philosophers around a table, a fork between any two, and two forks to eat with.

use std::sync::{Mutex, MutexGuard};

/// A round table. The philosopher at each seat shares a fork with either neighbour.
///
/// ```
/// use std::sync::atomic::{AtomicU32, Ordering};
/// use std::thread;
///
/// use dining_philosophers::Table;
///
/// let (table, meals) = (Table::new(5), AtomicU32::new(0));
/// thread::scope(|scope| {
///     for seat in 0..5 {
///         let (table, meals) = (&table, &meals);
///         scope.spawn(move || {
///             for _ in 0..100 {
///                 table.dine(seat, || {
///                     meals.fetch_add(1, Ordering::Relaxed);
///                 });
///             }
///         });
///     }
/// });
/// assert_eq!(meals.into_inner(), 500);
/// ```
#[derive(Debug)]
pub struct Table {
    /// The fork on the left of each seat.
    forks: Vec<Mutex<()>>,
}

impl Table {
    /// A table with so many seats, two at least.
    pub fn new(seats: usize) -> Self {
        let fork = |_| Mutex::new(());
        Self {
            forks: (0..seats).map(fork).collect(),
        }
    }

    /// Calls `eat` with both forks of the seat in hand.
    pub fn dine(&self, seat: usize, eat: impl FnOnce()) {
        let (left, right) = (seat, (seat + 1) % self.forks.len());

        // The fork with the lower number first. That is the left one for all but the last seat, and so the circle
        // has a gap: whoever holds the highest fork of all waits for nobody.
        let _first = self.fork(left.min(right));
        let _second = self.fork(left.max(right));
        eat();
    }

    fn fork(&self, number: usize) -> MutexGuard<'_, ()> {
        self.forks[number].lock().expect("nobody panics at the table")
    }
}
