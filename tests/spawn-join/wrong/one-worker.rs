//! Moves all jobs to one thread: off the caller's, but still one after the other.

use std::panic::{self, AssertUnwindSafe};
use std::thread;

pub fn run_all<T, F>(jobs: Vec<F>) -> Vec<thread::Result<T>>
where
    F: FnOnce() -> T + Send + 'static,
    T: Send + 'static,
{
    let worker = thread::spawn(|| {
        jobs.into_iter()
            .map(|job| panic::catch_unwind(AssertUnwindSafe(job)))
            .collect()
    });
    worker.join().expect("the worker catches every panic")
}
