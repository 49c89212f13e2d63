//! A queue under a lock, and a condition variable: one job wakes one thread, the end wakes all.

use std::collections::VecDeque;
use std::num::NonZeroUsize;
use std::panic::{self, AssertUnwindSafe};
use std::sync::mpsc::{self, Receiver};
use std::sync::{Arc, Condvar, Mutex};
use std::thread::{self, JoinHandle};

type Job = Box<dyn FnOnce() + Send>;

#[derive(Default)]
struct Queue {
    jobs: VecDeque<Job>,
    closed: bool,
}

pub struct Pool {
    shared: Arc<(Mutex<Queue>, Condvar)>,
    threads: Vec<JoinHandle<()>>,
}

#[derive(Debug)]
pub struct JobHandle<T> {
    result: Receiver<thread::Result<T>>,
}

impl Pool {
    pub fn new(threads: NonZeroUsize) -> Self {
        let shared = Arc::new((Mutex::new(Queue::default()), Condvar::new()));
        let threads = (0..threads.get())
            .map(|_| {
                let shared = Arc::clone(&shared);
                thread::spawn(move || work(&shared.0, &shared.1))
            })
            .collect();
        Self { shared, threads }
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
        self.shared.0.lock().unwrap().jobs.push_back(Box::new(job));
        self.shared.1.notify_one();
        JobHandle { result }
    }
}

fn work(queue: &Mutex<Queue>, changed: &Condvar) {
    loop {
        let mut guard = queue.lock().unwrap();
        while guard.jobs.is_empty() && !guard.closed {
            guard = changed.wait(guard).unwrap();
        }
        let Some(job) = guard.jobs.pop_front() else {
            return;
        };
        drop(guard);
        job();
    }
}

impl Drop for Pool {
    fn drop(&mut self) {
        self.shared.0.lock().unwrap().closed = true;
        self.shared.1.notify_all();
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
