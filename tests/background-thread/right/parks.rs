//! The thread parks, with and without a limit, and whoever changes something unparks it.

use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

#[derive(Debug)]
struct State<T> {
    /// With the moment when it is due.
    unsaved: Option<(T, Instant)>,
    closed: bool,
}

#[derive(Debug)]
pub struct Autosave<T> {
    delay: Duration,
    state: Arc<Mutex<State<T>>>,
    thread: Option<JoinHandle<()>>,
}

impl<T: Send + 'static> Autosave<T> {
    pub fn start<F>(delay: Duration, mut save: F) -> Self
    where
        F: FnMut(T) + Send + 'static,
    {
        let state = Arc::new(Mutex::new(State {
            unsaved: None,
            closed: false,
        }));
        let theirs = Arc::clone(&state);
        let thread = thread::spawn(move || {
            loop {
                let mut state = theirs.lock().unwrap();
                let closed = state.closed;
                let Some((_, due)) = state.unsaved else {
                    drop(state);
                    if closed {
                        return;
                    }
                    thread::park();
                    continue;
                };
                let left = due.saturating_duration_since(Instant::now());
                if !closed && !left.is_zero() {
                    drop(state);
                    thread::park_timeout(left);
                    continue;
                }
                let unsaved = state.unsaved.take();
                drop(state);
                if let Some((version, _)) = unsaved {
                    save(version);
                }
            }
        });
        Self {
            delay,
            state,
            thread: Some(thread),
        }
    }

    pub fn changed(&self, version: T) {
        let mut state = self.state.lock().unwrap();
        let due = match state.unsaved.take() {
            Some((_, due)) => due,
            None => Instant::now() + self.delay,
        };
        state.unsaved = Some((version, due));
        drop(state);
        self.wake();
    }
}

impl<T> Autosave<T> {
    fn wake(&self) {
        if let Some(thread) = &self.thread {
            thread.thread().unpark();
        }
    }
}

impl<T> Drop for Autosave<T> {
    fn drop(&mut self) {
        self.state.lock().unwrap().closed = true;
        self.wake();
        if let Some(thread) = self.thread.take() {
            thread.join().ok();
        }
    }
}
