//! A foreman's thread hands each job to a worker that has reported to be free: no two threads share a queue.

use std::num::NonZeroUsize;
use std::panic::{self, AssertUnwindSafe};
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread::{self, JoinHandle};

type Job = Box<dyn FnOnce() + Send>;

#[derive(Debug)]
pub struct Pool {
    jobs: Option<Sender<Job>>,
    foreman: Option<JoinHandle<()>>,
}

#[derive(Debug)]
pub struct JobHandle<T> {
    result: Receiver<thread::Result<T>>,
}

impl Pool {
    pub fn new(threads: NonZeroUsize) -> Self {
        let (jobs, queue) = mpsc::channel();
        let foreman = thread::spawn(move || lead(&queue, threads.get()));
        Self {
            jobs: Some(jobs),
            foreman: Some(foreman),
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
        self.jobs.as_ref().unwrap().send(Box::new(job)).unwrap();
        JobHandle { result }
    }
}

fn lead(queue: &Receiver<Job>, threads: usize) {
    let (reports, free) = mpsc::channel();
    let (desks, workers): (Vec<Sender<Job>>, Vec<JoinHandle<()>>) = (0..threads)
        .map(|number| {
            let (desk, tasks) = mpsc::channel::<Job>();
            let reports = reports.clone();
            let worker = thread::spawn(move || {
                while reports.send(number).is_ok() {
                    match tasks.recv() {
                        Ok(job) => job(),
                        Err(_) => return,
                    }
                }
            });
            (desk, worker)
        })
        .unzip();
    while let Ok(job) = queue.recv() {
        let number: usize = free
            .recv()
            .expect("the workers report until they are told to end");
        desks[number].send(job).expect("a worker that reported waits");
    }
    drop(desks);
    for worker in workers {
        worker.join().expect("no panic of a job gets out of its catch");
    }
}

impl Drop for Pool {
    fn drop(&mut self) {
        self.jobs.take();
        if let Some(foreman) = self.foreman.take() {
            foreman.join().unwrap();
        }
    }
}

impl<T> JobHandle<T> {
    pub fn join(self) -> thread::Result<T> {
        self.result.recv().unwrap()
    }
}
