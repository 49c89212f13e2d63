//! Sets the flag that ends the thread without the lock: the thread looks, the flag is set and notified, and only then
//! the thread begins to wait.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex};
use std::thread::{self, JoinHandle};
use std::time::Duration;

#[derive(Debug)]
struct Shared<T> {
    unsaved: Mutex<Option<T>>,
    closed: AtomicBool,
    changed: Condvar,
}

#[derive(Debug)]
pub struct Autosave<T> {
    shared: Arc<Shared<T>>,
    thread: Option<JoinHandle<()>>,
}

impl<T: Send + 'static> Autosave<T> {
    pub fn start<F>(delay: Duration, mut save: F) -> Self
    where
        F: FnMut(T) + Send + 'static,
    {
        let shared = Arc::new(Shared {
            unsaved: Mutex::new(None),
            closed: AtomicBool::new(false),
            changed: Condvar::new(),
        });
        let theirs = Arc::clone(&shared);
        let thread = thread::spawn(move || {
            let closed = || theirs.closed.load(Ordering::SeqCst);
            loop {
                let mut unsaved = theirs.unsaved.lock().unwrap();
                while unsaved.is_none() && !closed() {
                    unsaved = theirs.changed.wait(unsaved).unwrap();
                }
                let (mut unsaved, _) = theirs
                    .changed
                    .wait_timeout_while(unsaved, delay, |_| !closed())
                    .unwrap();
                let Some(version) = unsaved.take() else { return };
                drop(unsaved);
                save(version);
            }
        });
        Self {
            shared,
            thread: Some(thread),
        }
    }

    pub fn changed(&self, version: T) {
        *self.shared.unsaved.lock().unwrap() = Some(version);
        self.shared.changed.notify_one();
    }
}

impl<T> Drop for Autosave<T> {
    fn drop(&mut self) {
        self.shared.closed.store(true, Ordering::SeqCst);
        self.shared.changed.notify_one();
        if let Some(thread) = self.thread.take() {
            thread.join().ok();
        }
    }
}
