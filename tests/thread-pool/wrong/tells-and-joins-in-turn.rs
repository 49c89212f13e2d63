//! Sends one message to end, joins a thread, and goes on to the next: the message may be taken by another thread than
//! the one that is joined.

use std::num::NonZeroUsize;
use std::panic::{self, AssertUnwindSafe};
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};

enum Message {
    Run(Box<dyn FnOnce() + Send>),
    End,
}

#[derive(Debug)]
pub struct Pool {
    messages: Sender<Message>,
    threads: Vec<JoinHandle<()>>,
}

#[derive(Debug)]
pub struct JobHandle<T> {
    result: Receiver<thread::Result<T>>,
}

impl Pool {
    pub fn new(threads: NonZeroUsize) -> Self {
        let (messages, queue) = mpsc::channel();
        let queue = Arc::new(Mutex::new(queue));
        let threads = (0..threads.get())
            .map(|_| {
                let queue = Arc::clone(&queue);
                thread::spawn(move || work(&queue))
            })
            .collect();
        Self { messages, threads }
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
        self.messages.send(Message::Run(Box::new(job))).unwrap();
        JobHandle { result }
    }
}

fn work(queue: &Mutex<Receiver<Message>>) {
    loop {
        let next = queue.lock().unwrap().recv();
        match next {
            Ok(Message::Run(job)) => job(),
            Ok(Message::End) | Err(_) => return,
        }
    }
}

impl Drop for Pool {
    fn drop(&mut self) {
        for thread in self.threads.drain(..) {
            self.messages.send(Message::End).unwrap();
            thread.join().unwrap();
        }
    }
}

impl<T> JobHandle<T> {
    pub fn join(self) -> thread::Result<T> {
        self.result.recv().unwrap()
    }
}
