//! A thread that takes jobs: what it is told to run, it runs one after the other, and it ends with its owner.

use std::panic::{self, AssertUnwindSafe};
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread::{self, JoinHandle};

/// A job and the way to bring its result home: all jobs are of one type, whatever they return.
type Job = Box<dyn FnOnce() + Send>;

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
#[derive(Debug)]
pub struct Worker {
    /// `None` only while the worker is dropped, and so is the thread.
    jobs: Option<Sender<Job>>,
    thread: Option<JoinHandle<()>>,
}

/// The way to the result of one job.
#[derive(Debug)]
pub struct JobHandle<T> {
    result: Receiver<thread::Result<T>>,
}

impl Worker {
    /// A worker that waits for its first job.
    pub fn new() -> Self {
        let (jobs, queue) = mpsc::channel::<Job>();
        let thread = thread::spawn(move || {
            // This ends when the sender is gone and the queue is empty: no job is left out.
            for job in queue {
                job();
            }
        });
        Self {
            jobs: Some(jobs),
            thread: Some(thread),
        }
    }

    /// Hands `job` over to the worker's thread and returns at once.
    pub fn run<T, F>(&self, job: F) -> JobHandle<T>
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
            .expect("nobody can call this while the worker is dropped")
            .send(Box::new(job))
            .expect("the thread receives as long as there is a sender");
        JobHandle { result }
    }
}

impl Default for Worker {
    fn default() -> Self {
        Self::new()
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        // In this order: as long as there is a sender, the thread waits for more, and would be waited for in vain.
        drop(self.jobs.take());
        if let Some(thread) = self.thread.take() {
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
