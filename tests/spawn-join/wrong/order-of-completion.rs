//! Collects the results from a channel as they come, which is the order in which the threads end.

use std::panic::{self, AssertUnwindSafe};
use std::sync::mpsc;
use std::thread;

pub fn run_all<T, F>(jobs: Vec<F>) -> Vec<thread::Result<T>>
where
    F: FnOnce() -> T + Send + 'static,
    T: Send + 'static,
{
    let (results, receiver) = mpsc::channel();
    for job in jobs {
        let results = results.clone();
        thread::spawn(move || results.send(panic::catch_unwind(AssertUnwindSafe(job))));
    }
    drop(results);
    receiver.into_iter().collect()
}
