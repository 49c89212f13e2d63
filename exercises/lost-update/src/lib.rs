//! Count visitors from many threads, and lose none.

use std::sync::atomic::{AtomicU64, Ordering};

/// A counter that threads share. Each of them counts, and none of the counts is lost.
///
/// ```
/// use std::thread;
///
/// use lost_update::Counter;
///
/// let visitors = Counter::new();
/// assert_eq!(visitors.increment(), 1);
///
/// // Two doors, and a hundred people come in by each.
/// thread::scope(|scope| {
///     for _ in 0..2 {
///         scope.spawn(|| {
///             for _ in 0..100 {
///                 visitors.increment();
///             }
///         });
///     }
/// });
/// assert_eq!(visitors.value(), 201);
/// ```
#[derive(Debug, Default)]
pub struct Counter {
    count: AtomicU64,
}

impl Counter {
    /// A counter at 0.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds 1, and returns the count that this made.
    pub fn increment(&self) -> u64 {
        // Right for one thread. But between these two lines another one may count as well.
        let count = self.count.load(Ordering::Relaxed) + 1;
        self.count.store(count, Ordering::Relaxed);
        count
    }

    /// The count.
    pub fn value(&self) -> u64 {
        self.count.load(Ordering::Relaxed)
    }
}
