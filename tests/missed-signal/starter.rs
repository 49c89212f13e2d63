//! A gate at which threads wait until somebody opens it.

use std::sync::{Condvar, Mutex, MutexGuard};
use std::time::Duration;

/// A gate: closed at first, and once it is opened, open for good.
///
/// ```
/// use std::thread;
/// use std::time::Duration;
///
/// use missed_signal::Gate;
///
/// let gate = Gate::new();
/// assert!(!gate.wait_timeout(Duration::from_millis(1)));
///
/// thread::scope(|scope| {
///     for _ in 0..3 {
///         scope.spawn(|| assert!(gate.wait_timeout(Duration::from_secs(2))));
///     }
///     gate.open();
/// });
///
/// // Whoever comes late need not wait.
/// assert!(gate.is_open());
/// gate.wait();
/// ```
#[derive(Debug)]
pub struct Gate {
    open: Mutex<bool>,
    opened: Condvar,
}

impl Gate {
    /// A gate that is closed.
    pub fn new() -> Self {
        Self {
            open: Mutex::new(false),
            opened: Condvar::new(),
        }
    }

    /// Opens the gate, and lets through all who wait.
    pub fn open(&self) {
        *self.locked() = true;
        self.opened.notify_one();
    }

    /// Whether the gate is open.
    pub fn is_open(&self) -> bool {
        *self.locked()
    }

    /// Waits until the gate is open.
    pub fn wait(&self) {
        // Sleeps until the signal comes. But the signal may have been, and not every awakening is one.
        let open = self.locked();
        drop(self.opened.wait(open).expect("nobody panics under the lock"));
    }

    /// Waits until the gate is open, for `limit` at most; whether it is open.
    pub fn wait_timeout(&self, limit: Duration) -> bool {
        let open = self.locked();
        let waited = self.opened.wait_timeout(open, limit);
        let (_open, waited) = waited.expect("nobody panics under the lock");
        !waited.timed_out()
    }

    fn locked(&self) -> MutexGuard<'_, bool> {
        self.open.lock().expect("nobody panics under the lock")
    }
}

impl Default for Gate {
    fn default() -> Self {
        Self::new()
    }
}
