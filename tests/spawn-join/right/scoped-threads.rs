//! Scoped threads: the scope itself promises that none of them outlives the call.

use std::thread;

pub fn run_all<T, F>(jobs: Vec<F>) -> Vec<thread::Result<T>>
where
    F: FnOnce() -> T + Send + 'static,
    T: Send + 'static,
{
    thread::scope(|scope| {
        let handles: Vec<_> = jobs.into_iter().map(|job| scope.spawn(job)).collect();
        handles.into_iter().map(|handle| handle.join()).collect()
    })
}
