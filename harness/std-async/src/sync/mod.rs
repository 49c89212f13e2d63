//! [`real_std::sync`], whose waits are seen on the event loop.

mod barrier;
mod condvar;
mod lazy;
pub mod mpsc;
mod mutex;
mod once;
mod once_lock;
mod rwlock;

pub use real_std::sync::*;

pub use barrier::Barrier;
pub use condvar::Condvar;
pub use lazy::LazyLock;
pub use mutex::{Mutex, MutexGuard};
pub use once::Once;
pub use once_lock::OnceLock;
pub use rwlock::{RwLock, RwLockReadGuard, RwLockWriteGuard};

/// std's `ONCE_INIT`.
#[deprecated(note = "replaced by `Once::new`")]
#[expect(clippy::declare_interior_mutable_const, reason = "std has it")]
pub const ONCE_INIT: Once = Once::new();

use kata_calls::event_loop;
use real_std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

/// How often the event loop holds something now. Other threads never touch it, so that it is exact.
#[derive(Default)]
pub(crate) struct OnLoop(AtomicUsize);

impl OnLoop {
    pub(crate) const fn new() -> OnLoop {
        OnLoop(AtomicUsize::new(0))
    }

    /// Whether it is the loop that asks, and the loop that holds it: then nobody else can let go.
    pub(crate) fn is_its_own(&self) -> bool {
        event_loop::is_here() && self.0.load(Relaxed) > 0
    }

    /// Holds it until the result is dropped.
    pub(crate) fn hold(&self) -> Held<'_> {
        let held = event_loop::is_here().then_some(&self.0);
        if let Some(times) = held {
            times.fetch_add(1, Relaxed);
        }
        Held(held)
    }
}

/// What is held on the event loop, if it is there. It stands before what it tells of, so that it is dropped first.
pub(crate) struct Held<'a>(Option<&'a AtomicUsize>);

impl Drop for Held<'_> {
    fn drop(&mut self) {
        if let Some(times) = self.0 {
            times.fetch_sub(1, Relaxed);
        }
    }
}

/// What is done about a lock that the loop holds already.
pub(crate) const RELEASE: &str = "the loop holds this lock already, and would wait for itself: drop the guard before the `.await`, or take a \
     `tokio::sync::Mutex`";

/// What is done about a wait for something that another thread does.
pub(crate) const NOTIFY: &str = "wait for a `tokio::sync::Notify`, a `watch` or a `oneshot` of tokio's";
