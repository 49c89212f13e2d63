//! Sleeps for the delay: nobody can wake the thread, and a drop waits for the rest of it.

use std::sync::mpsc::{self, Sender};
use std::thread::{self, JoinHandle};
use std::time::Duration;

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
                thread::sleep(delay);
                while let Ok(newer) = inbox.try_recv() {
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
            thread.join().ok();
        }
    }
}
