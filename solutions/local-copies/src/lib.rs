//! Count on many threads, each into a copy of its own.

use std::panic;
use std::thread;

/// What is counted into: `T::default()` is an empty one.
pub trait Tally: Default + Send {
    /// What is counted.
    type Item: Sync;

    /// Counts one item. This is where the work is.
    fn count(&mut self, item: &Self::Item);

    /// Adds what another tally has counted.
    fn merge(&mut self, other: Self);
}

/// Counts all `items`, on at most so many `threads`, and returns the one tally of them all.
///
/// ```
/// use local_copies::{Tally, count_all};
///
/// #[derive(Debug, Default, PartialEq)]
/// struct Votes {
///     yes: u32,
///     no: u32,
/// }
///
/// impl Tally for Votes {
///     type Item = bool;
///
///     fn count(&mut self, vote: &bool) {
///         if *vote {
///             self.yes += 1;
///         } else {
///             self.no += 1;
///         }
///     }
///
///     fn merge(&mut self, other: Votes) {
///         self.yes += other.yes;
///         self.no += other.no;
///     }
/// }
///
/// let votes: Votes = count_all(&[true, false, true, true, false], 2);
/// assert_eq!(votes, Votes { yes: 3, no: 2 });
/// ```
pub fn count_all<T: Tally>(items: &[T::Item], threads: usize) -> T {
    // Rounded up, or there would be more shares than threads; and `chunks` wants at least 1.
    let share = items.len().div_ceil(threads).max(1);
    thread::scope(|scope| {
        let counting: Vec<_> = items
            .chunks(share)
            .map(|share| scope.spawn(|| count::<T>(share)))
            .collect();

        // The copies come back through `join`: that is all that the threads ever share, and no lock is needed.
        let mut total = T::default();
        for thread in counting {
            match thread.join() {
                Ok(copy) => total.merge(copy),
                Err(panicked) => panic::resume_unwind(panicked),
            }
        }
        total
    })
}

/// Counts a share of the items into a copy that nobody else knows of.
fn count<T: Tally>(items: &[T::Item]) -> T {
    let mut copy = T::default();
    for item in items {
        copy.count(item);
    }
    copy
}
