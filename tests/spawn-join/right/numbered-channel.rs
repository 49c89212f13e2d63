//! A channel: each result travels with the number of its job, and is sorted into its place.

use std::panic::{self, AssertUnwindSafe};
use std::sync::mpsc;
use std::thread;

pub fn run_all<T, F>(jobs: Vec<F>) -> Vec<thread::Result<T>>
where
    F: FnOnce() -> T + Send + 'static,
    T: Send + 'static,
{
    let (results, receiver) = mpsc::channel();
    for (number, job) in jobs.into_iter().enumerate() {
        let results = results.clone();
        thread::spawn(move || results.send((number, panic::catch_unwind(AssertUnwindSafe(job)))));
    }
    drop(results); // or the receiver would wait for this sender, too
    let mut numbered: Vec<_> = receiver.into_iter().collect();
    numbered.sort_by_key(|(number, _)| *number);
    numbered.into_iter().map(|(_, result)| result).collect()
}
