//! Puts the result into a slot behind the job, with no catch in between: after a panic nobody fills the slot, and
//! `join` waits for ever.

use std::sync::mpsc::{self, Sender};
use std::sync::{Arc, Condvar, Mutex};
use std::thread::{self, JoinHandle};

type Job = Box<dyn FnOnce() + Send>;

#[derive(Debug)]
pub struct Worker {
    jobs: Option<Sender<Job>>,
    thread: Option<JoinHandle<()>>,
}

#[derive(Debug)]
pub struct JobHandle<T> {
    slot: Arc<(Mutex<Option<T>>, Condvar)>,
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
        let slot = Arc::new((Mutex::new(None), Condvar::new()));
        let filled = Arc::clone(&slot);
        let job = move || {
            let result = job();
            *filled.0.lock().unwrap() = Some(result);
            filled.1.notify_all();
        };
        self.jobs.as_ref().unwrap().send(Box::new(job)).ok();
        JobHandle { slot }
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
        let (slot, filled) = &*self.slot;
        let mut slot = slot.lock().unwrap();
        loop {
            if let Some(result) = slot.take() {
                return Ok(result);
            }
            slot = filled.wait(slot).unwrap();
        }
    }
}
