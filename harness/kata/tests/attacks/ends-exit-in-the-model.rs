//! tries: ends the process in a scenario, from one of its threads
//! kata: spawn-join
//! verdict: early_exit

use std::thread;

/// Ends the process.
pub fn run_all<T, F>(jobs: Vec<F>) -> Vec<thread::Result<T>>
where
    F: FnOnce() -> T + Send + 'static,
    T: Send + 'static,
{
    let _ = thread::spawn(|| std::process::exit(0)).join();
    jobs.into_iter().map(|job| Ok(job())).collect()
}
