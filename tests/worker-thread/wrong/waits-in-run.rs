//! Waits for the result before it returns the handle: the caller stands still while the worker works.

use std::panic::{self, AssertUnwindSafe};
use std::sync::mpsc::{self, Sender};
use std::thread::{self, JoinHandle};

type Job = Box<dyn FnOnce() + Send>;

#[derive(Debug)]
pub struct Worker {
    jobs: Option<Sender<Job>>,
    thread: Option<JoinHandle<()>>,
}

#[derive(Debug)]
pub struct JobHandle<T> {
    result: thread::Result<T>,
}

impl Worker {
    pub fn new() -> Self {
        let (jobs, queue) = mpsc::channel::<Job>();
        let thread = thread::spawn(move || {
            for job in queue {
                job();
            }
        });
        Self {
            jobs: Some(jobs),
            thread: Some(thread),
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
        JobHandle {
            result: result.recv().unwrap(),
        }
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.jobs.take();
        if let Some(thread) = self.thread.take() {
            thread.join().unwrap();
        }
    }
}

impl<T> JobHandle<T> {
    pub fn join(self) -> thread::Result<T> {
        self.result
    }
}
