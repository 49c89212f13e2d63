//! Save what changes, a little later and on a thread that ends with its owner.

use std::sync::mpsc::{self, Sender};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

/// Saves the newest version of something, in the background and not too often.
///
/// Dropping it saves what is not saved yet, at once, and waits for the end of the thread.
///
/// ```
/// use std::sync::mpsc;
/// use std::time::Duration;
///
/// use background_thread::Autosave;
///
/// let (disk, saved) = mpsc::channel();
/// let letter = Autosave::start(Duration::from_secs(3600), move |text| disk.send(text).unwrap());
/// letter.changed("Dear");
/// letter.changed("Dear Ada");
/// drop(letter); // long before the hour is over, and without waiting for it
///
/// assert_eq!(saved.try_iter().last(), Some("Dear Ada"));
/// ```
#[derive(Debug)]
pub struct Autosave<T> {
    /// `None` only while this is dropped, and so is the thread.
    changes: Option<Sender<T>>,
    thread: Option<JoinHandle<()>>,
}

impl<T: Send + 'static> Autosave<T> {
    /// Starts the thread that calls `save`, `delay` after a change.
    pub fn start<F>(delay: Duration, mut save: F) -> Self
    where
        F: FnMut(T) + Send + 'static,
    {
        let (changes, inbox) = mpsc::channel();
        let thread = thread::spawn(move || {
            // With nothing to save it waits for as long as it takes. When the sender is gone, it ends.
            while let Ok(mut version) = inbox.recv() {
                // A moment and not a length of time, so that it stays where it is, however often the wait begins anew.
                let due = Instant::now() + delay;
                let mut left = delay;
                while !left.is_zero() {
                    match inbox.recv_timeout(left) {
                        Ok(newer) => version = newer,
                        // The time is over, or the owner is gone: in both cases it is to be saved now.
                        Err(_) => break,
                    }
                    left = due.saturating_duration_since(Instant::now());
                }
                save(version);
            }
        });
        Self {
            changes: Some(changes),
            thread: Some(thread),
        }
    }

    /// Hands over the newest version and returns at once.
    pub fn changed(&self, version: T) {
        if let Some(changes) = &self.changes {
            // Nobody listens any more if `save` has panicked: there is nothing that could be done about it here.
            changes.send(version).ok();
        }
    }
}

impl<T> Drop for Autosave<T> {
    fn drop(&mut self) {
        // The end of the channel is what interrupts the thread's wait, whichever of the two it is in.
        drop(self.changes.take());
        if let Some(thread) = self.thread.take() {
            // A panic of `save` has been told where it happened. Another one here could end the whole program.
            thread.join().ok();
        }
    }
}
