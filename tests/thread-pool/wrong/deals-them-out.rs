//! Gives each thread a queue of its own and deals the jobs out in turn: a job can wait behind a long one while another
//! thread has nothing to do.

use std::num::NonZeroUsize;
use std::panic::{self, AssertUnwindSafe};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread::{self, JoinHandle};

type Job = Box<dyn FnOnce() + Send>;

#[derive(Debug)]
pub struct Pool {
    queues: Vec<Sender<Job>>,
    threads: Vec<JoinHandle<()>>,
    next: AtomicUsize,
}

#[derive(Debug)]
pub struct JobHandle<T> {
    result: Receiver<thread::Result<T>>,
}

impl Pool {
    pub fn new(threads: NonZeroUsize) -> Self {
        let (queues, threads) = (0..threads.get())
            .map(|_| {
                let (jobs, queue) = mpsc::channel::<Job>();
                let thread = thread::spawn(move || {
                    for job in queue {
                        job();
                    }
                });
                (jobs, thread)
            })
            .unzip();
        Self {
            queues,
            threads,
            next: AtomicUsize::new(0),
        }
    }

    pub fn submit<T, F>(&self, job: F) -> JobHandle<T>
    where
        F: FnOnce() -> T + Send + 'static,
        T: Send + 'static,
    {
        let (home, result) = mpsc::channel();
        let job = move || {
            home.send(panic::catch_unwind(AssertUnwindSafe(job))).ok();
        };
        let next = self.next.fetch_add(1, Ordering::SeqCst) % self.queues.len();
        self.queues[next].send(Box::new(job)).unwrap();
        JobHandle { result }
    }
}

impl Drop for Pool {
    fn drop(&mut self) {
        self.queues.clear();
        for thread in self.threads.drain(..) {
            thread.join().unwrap();
        }
    }
}

impl<T> JobHandle<T> {
    pub fn join(self) -> thread::Result<T> {
        self.result.recv().unwrap()
    }
}
