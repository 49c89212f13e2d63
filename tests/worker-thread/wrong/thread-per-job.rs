//! Starts a thread for every job: there is no worker, and the jobs overtake one another.

use std::thread::{self, JoinHandle};

#[derive(Debug, Default)]
pub struct Worker {}

#[derive(Debug)]
pub struct JobHandle<T> {
    thread: JoinHandle<T>,
}

impl Worker {
    pub fn new() -> Self {
        Self::default()
    }

    pub fn run<T, F>(&self, job: F) -> JobHandle<T>
    where
        F: FnOnce() -> T + Send + 'static,
        T: Send + 'static,
    {
        JobHandle {
            thread: thread::spawn(job),
        }
    }
}

impl<T> JobHandle<T> {
    pub fn join(self) -> thread::Result<T> {
        self.thread.join()
    }
}
