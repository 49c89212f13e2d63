//! Waits once, and takes every end of the wait for the end of the delay: a thread can be woken for no reason at all.

use std::sync::{Arc, Condvar, Mutex};
use std::thread::{self, JoinHandle};
use std::time::Duration;

#[derive(Debug)]
struct State<T> {
    unsaved: Option<T>,
    closed: bool,
}

#[derive(Debug)]
pub struct Autosave<T> {
    shared: Arc<(Mutex<State<T>>, Condvar)>,
    thread: Option<JoinHandle<()>>,
}

impl<T: Send + 'static> Autosave<T> {
    pub fn start<F>(delay: Duration, mut save: F) -> Self
    where
        F: FnMut(T) + Send + 'static,
    {
        let state = State {
            unsaved: None,
            closed: false,
        };
        let shared = Arc::new((Mutex::new(state), Condvar::new()));
        let theirs = Arc::clone(&shared);
        let thread = thread::spawn(move || {
            let (state, changed) = &*theirs;
            loop {
                let mut guard = state.lock().unwrap();
                while guard.unsaved.is_none() && !guard.closed {
                    guard = changed.wait(guard).unwrap();
                }
                if !guard.closed {
                    guard = changed.wait_timeout(guard, delay).unwrap().0;
                }
                let Some(version) = guard.unsaved.take() else {
                    return;
                };
                drop(guard);
                save(version);
            }
        });
        Self {
            shared,
            thread: Some(thread),
        }
    }

    pub fn changed(&self, version: T) {
        self.shared.0.lock().unwrap().unsaved = Some(version);
        self.shared.1.notify_one();
    }
}

impl<T> Drop for Autosave<T> {
    fn drop(&mut self) {
        self.shared.0.lock().unwrap().closed = true;
        self.shared.1.notify_one();
        if let Some(thread) = self.thread.take() {
            thread.join().ok();
        }
    }
}
