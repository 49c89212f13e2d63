//! Catches the panics, and starts no thread at all: the jobs run on the caller's.

use std::panic::{self, AssertUnwindSafe};
use std::thread;

pub fn run_all<T, F>(jobs: Vec<F>) -> Vec<thread::Result<T>>
where
    F: FnOnce() -> T + Send + 'static,
    T: Send + 'static,
{
    jobs.into_iter()
        .map(|job| panic::catch_unwind(AssertUnwindSafe(job)))
        .collect()
}
