//! Without channels: a queue and a slot for each result, both behind a lock, both with a condition variable.

use std::collections::VecDeque;
use std::panic::{self, AssertUnwindSafe};
use std::sync::{Arc, Condvar, Mutex};
use std::thread::{self, JoinHandle};

type Job = Box<dyn FnOnce() + Send>;

#[derive(Default)]
struct Queue {
    jobs: VecDeque<Job>,
    closed: bool,
}

pub struct Worker {
    shared: Arc<(Mutex<Queue>, Condvar)>,
    thread: Option<JoinHandle<()>>,
}

#[derive(Debug)]
pub struct JobHandle<T> {
    slot: Arc<(Mutex<Option<thread::Result<T>>>, Condvar)>,
}

impl Worker {
    pub fn new() -> Self {
        let shared = Arc::new((Mutex::new(Queue::default()), Condvar::new()));
        let theirs = Arc::clone(&shared);
        let thread = thread::spawn(move || {
            while let Some(job) = next(&theirs) {
                job();
            }
        });
        Self {
            shared,
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
            filled.1.notify_one();
        };
        self.shared.0.lock().unwrap().jobs.push_back(Box::new(job));
        self.shared.1.notify_one();
        JobHandle { slot }
    }
}

/// The next job; `None` when there is none and will be none.
fn next((queue, changed): &(Mutex<Queue>, Condvar)) -> Option<Job> {
    let mut queue = queue.lock().unwrap();
    while queue.jobs.is_empty() && !queue.closed {
        queue = changed.wait(queue).unwrap();
    }
    queue.jobs.pop_front()
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.shared.0.lock().unwrap().closed = true;
        self.shared.1.notify_one();
        if let Some(thread) = self.thread.take() {
            thread.join().unwrap();
        }
    }
}

impl<T> JobHandle<T> {
    pub fn join(self) -> thread::Result<T> {
        let (slot, filled) = &*self.slot;
        let mut slot = slot.lock().unwrap();
        loop {
            match slot.take() {
                Some(outcome) => return outcome,
                None => slot = filled.wait(slot).unwrap(),
            }
        }
    }
}
