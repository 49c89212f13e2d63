//! Takes the buffer that the standard library has.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, SyncSender};

#[derive(Debug)]
pub struct Buffer<T> {
    sender: SyncSender<T>,
    items: Mutex<Receiver<T>>,
    closed: AtomicBool,
}

impl<T> Buffer<T> {
    pub fn new(capacity: usize) -> Self {
        let (sender, items) = mpsc::sync_channel(capacity);
        Self {
            sender,
            items: Mutex::new(items),
            closed: AtomicBool::new(false),
        }
    }

    pub fn push(&self, item: T) -> Result<(), T> {
        if self.closed.load(Ordering::SeqCst) {
            return Err(item);
        }
        self.sender.send(item).map_err(|refused| refused.0)
    }

    pub fn pop(&self) -> Option<T> {
        let items = self.items.lock().unwrap();
        if self.closed.load(Ordering::SeqCst) {
            return items.try_recv().ok();
        }
        items.recv().ok()
    }

    pub fn close(&self) {
        self.closed.store(true, Ordering::SeqCst);
    }
}
