//! Spawns and joins in one chain of lazy iterators, so each thread is joined before the next is spawned.

use std::thread::{self, JoinHandle};

pub fn run_all<T, F>(jobs: Vec<F>) -> Vec<thread::Result<T>>
where
    F: FnOnce() -> T + Send + 'static,
    T: Send + 'static,
{
    jobs.into_iter()
        .map(thread::spawn)
        .map(JoinHandle::join)
        .collect()
}
