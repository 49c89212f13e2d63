//! Replaces what the job panicked with by a text of its own.

use std::thread;

pub fn run_all<T, F>(jobs: Vec<F>) -> Vec<thread::Result<T>>
where
    F: FnOnce() -> T + Send + 'static,
    T: Send + 'static,
{
    let handles: Vec<_> = jobs.into_iter().map(|job| thread::spawn(job)).collect();
    handles
        .into_iter()
        .map(|handle| match handle.join() {
            Ok(value) => Ok(value),
            Err(_) => Err(Box::new("a job panicked") as Box<_>),
        })
        .collect()
}
