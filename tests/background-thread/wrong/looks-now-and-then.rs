//! Wakes up after each delay to look whether there is something to save, for as long as it lives.

use std::sync::mpsc::{self, RecvTimeoutError, Sender};
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
            let mut unsaved = None;
            loop {
                match inbox.recv_timeout(delay) {
                    Ok(version) => unsaved = Some(version),
                    Err(ended) => {
                        if let Some(version) = unsaved.take() {
                            save(version);
                        }
                        if ended == RecvTimeoutError::Disconnected {
                            return;
                        }
                    }
                }
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
