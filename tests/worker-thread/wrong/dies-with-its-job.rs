//! Catches no panic: the first job that panics takes the thread with it, and the handles are left with nothing.

use std::sync::mpsc::{self, Receiver, Sender};
use std::thread::{self, JoinHandle};

type Job = Box<dyn FnOnce() + Send>;

#[derive(Debug)]
pub struct Worker {
    jobs: Option<Sender<Job>>,
    thread: Option<JoinHandle<()>>,
}

#[derive(Debug)]
pub struct JobHandle<T> {
    result: Receiver<T>,
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
            home.send(job()).ok();
        };
        self.jobs.as_ref().unwrap().send(Box::new(job)).ok();
        JobHandle { result }
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.jobs.take();
        if let Some(thread) = self.thread.take() {
            thread.join().ok();
        }
    }
}

impl<T> JobHandle<T> {
    pub fn join(self) -> thread::Result<T> {
        self.result.recv().map_err(|gone| Box::new(gone) as Box<_>)
    }
}
