//! Keeps only what went well: the list is shorter than the jobs, and nobody knows which one is missing.

use std::thread;

pub fn run_all<T, F>(jobs: Vec<F>) -> Vec<thread::Result<T>>
where
    F: FnOnce() -> T + Send + 'static,
    T: Send + 'static,
{
    let handles: Vec<_> = jobs.into_iter().map(|job| thread::spawn(job)).collect();
    handles
        .into_iter()
        .filter_map(|handle| handle.join().ok())
        .map(Ok)
        .collect()
}
