//! Unwraps what `join` returns: the panic of the save becomes one of its owner, in the middle of a drop.

use std::sync::mpsc::{self, Sender};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

#[derive(Debug)]
pub struct Autosave<T> {
    changes: Option<Sender<T>>,
    thread: Option<JoinHandle<()>>,
}

impl<T: Send + 'static> Autosave<T> {
    pub fn start<F>(delay: Duration, mut save: F) -> Self
    where
        F: FnMut(T) + Send + 'static,
    {
        let (changes, inbox) = mpsc::channel();
        let thread = thread::spawn(move || {
            while let Ok(mut version) = inbox.recv() {
                let due = Instant::now() + delay;
                while let Ok(newer) = inbox.recv_timeout(due.saturating_duration_since(Instant::now())) {
                    version = newer;
                }
                save(version);
            }
        });
        Self {
            changes: Some(changes),
            thread: Some(thread),
        }
    }

    pub fn changed(&self, version: T) {
        if let Some(changes) = &self.changes {
            changes.send(version).ok();
        }
    }
}

impl<T> Drop for Autosave<T> {
    fn drop(&mut self) {
        self.changes.take();
        if let Some(thread) = self.thread.take() {
            thread.join().unwrap();
        }
    }
}
