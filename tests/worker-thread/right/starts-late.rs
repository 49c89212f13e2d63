//! Starts its thread with the first job, and ends it by a message behind the last.

use std::panic::{self, AssertUnwindSafe};
use std::sync::OnceLock;
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread::{self, JoinHandle};

enum Message {
    Run(Box<dyn FnOnce() + Send>),
    End,
}

#[derive(Debug, Default)]
pub struct Worker {
    started: OnceLock<(Sender<Message>, JoinHandle<()>)>,
}

#[derive(Debug)]
pub struct JobHandle<T> {
    result: Receiver<thread::Result<T>>,
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
        let (home, result) = mpsc::channel();
        let job = move || {
            home.send(panic::catch_unwind(AssertUnwindSafe(job))).ok();
        };
        let (messages, _) = self.started.get_or_init(start);
        messages.send(Message::Run(Box::new(job))).unwrap();
        JobHandle { result }
    }
}

fn start() -> (Sender<Message>, JoinHandle<()>) {
    let (messages, inbox) = mpsc::channel();
    let thread = thread::spawn(move || {
        while let Ok(Message::Run(job)) = inbox.recv() {
            job();
        }
    });
    (messages, thread)
}

impl Drop for Worker {
    fn drop(&mut self) {
        if let Some((messages, thread)) = self.started.take() {
            messages.send(Message::End).unwrap();
            thread.join().unwrap();
        }
    }
}

impl<T> JobHandle<T> {
    pub fn join(self) -> thread::Result<T> {
        self.result.recv().unwrap()
    }
}
