//! Looks whether the result is there, lets the lock go, and then waits: a result that comes in between wakes nobody.

use std::panic::{self, AssertUnwindSafe};
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
    slot: Arc<(Mutex<Option<thread::Result<T>>>, Condvar)>,
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
            let outcome = panic::catch_unwind(AssertUnwindSafe(job));
            *filled.0.lock().unwrap() = Some(outcome);
            filled.1.notify_all();
        };
        self.jobs.as_ref().unwrap().send(Box::new(job)).unwrap();
        JobHandle { slot }
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
        let (slot, filled) = &*self.slot;
        while slot.lock().unwrap().is_none() {
            drop(filled.wait(slot.lock().unwrap()).unwrap());
        }
        slot.lock().unwrap().take().unwrap()
    }
}
