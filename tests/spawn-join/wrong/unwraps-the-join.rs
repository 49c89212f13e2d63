//! Unwraps each join, so the panic of one job becomes the panic of the caller.

use std::thread;

pub fn run_all<T, F>(jobs: Vec<F>) -> Vec<thread::Result<T>>
where
    F: FnOnce() -> T + Send + 'static,
    T: Send + 'static,
{
    let handles: Vec<_> = jobs.into_iter().map(|job| thread::spawn(job)).collect();
    handles
        .into_iter()
        .map(|handle| Ok(handle.join().unwrap()))
        .collect()
}
