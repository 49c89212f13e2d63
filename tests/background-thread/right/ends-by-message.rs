//! The end is a message like a change, and the fields of the owner are dropped in their order.

use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

#[derive(Debug)]
enum Message<T> {
    Changed(T),
    End,
}

#[derive(Debug)]
pub struct Autosave<T> {
    inbox: Inbox<T>,
    _thread: Joined,
}

#[derive(Debug)]
struct Inbox<T>(Sender<Message<T>>);

#[derive(Debug)]
struct Joined(Option<JoinHandle<()>>);

impl<T: Send + 'static> Autosave<T> {
    pub fn start<F>(delay: Duration, save: F) -> Self
    where
        F: FnMut(T) + Send + 'static,
    {
        let (sender, receiver) = mpsc::channel();
        Self {
            inbox: Inbox(sender),
            _thread: Joined(Some(thread::spawn(move || run(&receiver, delay, save)))),
        }
    }

    pub fn changed(&self, version: T) {
        let _ = self.inbox.0.send(Message::Changed(version));
    }
}

fn run<T>(inbox: &Receiver<Message<T>>, delay: Duration, mut save: impl FnMut(T)) {
    let mut unsaved: Option<(T, Instant)> = None;
    loop {
        let message = match &unsaved {
            None => inbox.recv().map_err(RecvTimeoutError::from),
            Some((_, due)) => inbox.recv_timeout(due.saturating_duration_since(Instant::now())),
        };
        match message {
            Ok(Message::Changed(version)) => {
                let due = unsaved.map_or_else(|| Instant::now() + delay, |(_, due)| due);
                unsaved = Some((version, due));
            }
            Err(RecvTimeoutError::Timeout) => {
                if let Some((version, _)) = unsaved.take() {
                    save(version);
                }
            }
            Ok(Message::End) | Err(RecvTimeoutError::Disconnected) => {
                if let Some((version, _)) = unsaved {
                    save(version);
                }
                return;
            }
        }
    }
}

impl<T> Drop for Inbox<T> {
    fn drop(&mut self) {
        let _ = self.0.send(Message::End);
    }
}

impl Drop for Joined {
    fn drop(&mut self) {
        if let Some(thread) = self.0.take() {
            let _ = thread.join();
        }
    }
}
