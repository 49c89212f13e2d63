//! Run many jobs on a few threads.

use std::num::NonZeroUsize;
use std::panic::{self, AssertUnwindSafe};
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};

/// A job and the way to bring its result home: all jobs are of one type, whatever they return.
type Job = Box<dyn FnOnce() + Send>;

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
pub struct Pool {
    /// `None` only while the pool is dropped.
    jobs: Option<Sender<Job>>,
    threads: Vec<JoinHandle<()>>,
}

/// The way to the result of one job.
#[derive(Debug)]
pub struct JobHandle<T> {
    result: Receiver<thread::Result<T>>,
}

impl Pool {
    /// A pool of so many threads.
    pub fn new(threads: NonZeroUsize) -> Self {
        let (jobs, queue) = mpsc::channel();
        // One queue for all: whoever is free takes the next job.
        let queue = Arc::new(Mutex::new(queue));
        let threads = (0..threads.get())
            .map(|_| {
                let queue = Arc::clone(&queue);
                thread::spawn(move || work(&queue))
            })
            .collect();
        Self {
            jobs: Some(jobs),
            threads,
        }
    }

    /// Puts `job` in the queue and returns at once.
    pub fn submit<T, F>(&self, job: F) -> JobHandle<T>
    where
        F: FnOnce() -> T + Send + 'static,
        T: Send + 'static,
    {
        let (home, result) = mpsc::channel();
        let job = move || {
            // The panic belongs to whoever asks for the result. The thread has other jobs to do.
            let outcome = panic::catch_unwind(AssertUnwindSafe(job));
            // If the handle was dropped, nobody asks.
            home.send(outcome).ok();
        };
        self.jobs
            .as_ref()
            .expect("nobody can call this while the pool is dropped")
            .send(Box::new(job))
            .expect("the threads receive as long as there is a sender");
        JobHandle { result }
    }
}

/// What each thread does: one job after the other, until there will be no more.
fn work(queue: &Mutex<Receiver<Job>>) {
    loop {
        // Only one thread waits in `recv`, and the others wait for the lock; that comes to the same. But the lock is
        // held until the end of this statement and no longer: in the head of a `while let`, the guard would live as
        // long as the body, and no two jobs would ever run at once.
        let next = queue.lock().expect("no job runs under the lock").recv();
        match next {
            Ok(job) => job(),
            // The sender is gone and the queue is empty.
            Err(_) => return,
        }
    }
}

impl Drop for Pool {
    fn drop(&mut self) {
        // First the end of the queue, which all threads can see; then each thread's own end.
        drop(self.jobs.take());
        for thread in self.threads.drain(..) {
            thread.join().expect("no panic of a job gets out of its catch");
        }
    }
}

impl<T> JobHandle<T> {
    /// Waits until the job has ended. `Ok` is what it returned, and `Err` what it panicked with.
    pub fn join(self) -> thread::Result<T> {
        self.result
            .recv()
            .expect("every job sends its result, even if it panics")
    }
}
