//! Everybody who waits listens to a channel on which nothing is ever sent; to open the gate is to hang up.

use std::sync::Mutex;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::time::Duration;

#[derive(Debug)]
pub struct Gate {
    /// Those who wait; none once the gate is open.
    waiting: Mutex<Option<Vec<Sender<()>>>>,
}

impl Gate {
    pub fn new() -> Self {
        Self {
            waiting: Mutex::new(Some(Vec::new())),
        }
    }

    pub fn open(&self) {
        drop(self.waiting.lock().unwrap().take());
    }

    pub fn is_open(&self) -> bool {
        self.waiting.lock().unwrap().is_none()
    }

    pub fn wait(&self) {
        if let Some(opened) = self.listen() {
            opened.recv().ok();
        }
    }

    pub fn wait_timeout(&self, limit: Duration) -> bool {
        match self.listen() {
            Some(opened) => opened.recv_timeout(limit) == Err(RecvTimeoutError::Disconnected),
            None => true,
        }
    }

    fn listen(&self) -> Option<Receiver<()>> {
        let (alive, opened) = mpsc::channel();
        self.waiting.lock().unwrap().as_mut()?.push(alive);
        Some(opened)
    }
}
