//! Count on many threads, each into a copy of its own.

use std::sync::Mutex;
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
    let share = items.len().div_ceil(threads).max(1);
    let total = Mutex::new(T::default());
    thread::scope(|scope| {
        for share in items.chunks(share) {
            let total = &total;
            scope.spawn(move || {
                for item in share {
                    // No count is lost. But whoever counts here lets all the others wait.
                    total.lock().expect("no thread panics").count(item);
                }
            });
        }
    });
    total.into_inner().expect("no thread panics")
}
