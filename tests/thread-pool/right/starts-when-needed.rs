//! Starts a thread only when a job finds all others busy, and ends each by a message of its own.

use std::collections::VecDeque;
use std::num::NonZeroUsize;
use std::panic::{self, AssertUnwindSafe};
use std::sync::mpsc::{self, Receiver};
use std::sync::{Arc, Condvar, Mutex};
use std::thread::{self, JoinHandle};

enum Message {
    Run(Box<dyn FnOnce() + Send>),
    End,
}

#[derive(Default)]
struct State {
    messages: VecDeque<Message>,
    idle: usize,
    threads: Vec<JoinHandle<()>>,
}

pub struct Pool {
    most: usize,
    shared: Arc<(Mutex<State>, Condvar)>,
}

#[derive(Debug)]
pub struct JobHandle<T> {
    result: Receiver<thread::Result<T>>,
}

impl Pool {
    pub fn new(threads: NonZeroUsize) -> Self {
        Self {
            most: threads.get(),
            shared: Arc::default(),
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
        let (state, changed) = &*self.shared;
        let mut state = state.lock().unwrap();
        state.messages.push_back(Message::Run(Box::new(job)));
        if state.messages.len() > state.idle && state.threads.len() < self.most {
            let shared = Arc::clone(&self.shared);
            let thread = thread::spawn(move || work(&shared.0, &shared.1));
            state.threads.push(thread);
        }
        changed.notify_one();
        JobHandle { result }
    }
}

fn work(state: &Mutex<State>, changed: &Condvar) {
    loop {
        let mut guard = state.lock().unwrap();
        guard.idle += 1;
        let message = loop {
            match guard.messages.pop_front() {
                Some(message) => break message,
                None => guard = changed.wait(guard).unwrap(),
            }
        };
        guard.idle -= 1;
        drop(guard);
        match message {
            Message::Run(job) => job(),
            Message::End => return,
        }
    }
}

impl Drop for Pool {
    fn drop(&mut self) {
        let (state, changed) = &*self.shared;
        let mut guard = state.lock().unwrap();
        let threads = std::mem::take(&mut guard.threads);
        guard.messages.extend(threads.iter().map(|_| Message::End));
        drop(guard);
        changed.notify_all();
        for thread in threads {
            thread.join().unwrap();
        }
    }
}

impl<T> JobHandle<T> {
    pub fn join(self) -> thread::Result<T> {
        self.result.recv().unwrap()
    }
}
