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
        // Read, add and write are one step here, and nobody comes in between. It returns what it has read, so
        // the new count is known without a second look, which could see the counts of others. `Relaxed` will
        // do: no other data is handed over along with the count.
        self.count.fetch_add(1, Ordering::Relaxed) + 1
    }

    /// The count.
    pub fn value(&self) -> u64 {
        self.count.load(Ordering::Relaxed)
    }
}
