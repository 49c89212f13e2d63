//! Meets the thread behind its last job, and does not join it: it may live a little longer, with all that belongs to it.

use std::panic::{self, AssertUnwindSafe};
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Barrier};
use std::thread;

type Job = Box<dyn FnOnce() + Send>;

#[derive(Debug)]
pub struct Worker {
    jobs: Option<Sender<Job>>,
    done: Arc<Barrier>,
}

#[derive(Debug)]
pub struct JobHandle<T> {
    result: Receiver<thread::Result<T>>,
}

impl Worker {
    pub fn new() -> Self {
        let (jobs, queue) = mpsc::channel::<Job>();
        let done = Arc::new(Barrier::new(2));
        let last_word = Arc::clone(&done);
        thread::spawn(move || {
            for job in queue {
                job();
            }
            last_word.wait();
        });
        Self {
            jobs: Some(jobs),
            done,
        }
    }

    pub fn run<T, F>(&self, job: F) -> JobHandle<T>
    where
        F: FnOnce() -> T + Send + 'static,
        T: Send + 'static,
    {
        let (home, result) = mpsc::channel();
        let job = move || {
            home.send(panic::catch_unwind(AssertUnwindSafe(job))).ok();
        };
        self.jobs.as_ref().unwrap().send(Box::new(job)).unwrap();
        JobHandle { result }
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.jobs.take();
        self.done.wait();
    }
}

impl<T> JobHandle<T> {
    pub fn join(self) -> thread::Result<T> {
        self.result.recv().unwrap()
    }
}
