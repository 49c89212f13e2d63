//! [`real_std::thread`], whose waits are seen on the event loop.

use kata_calls::event_loop;
use real_std::{fmt, io, string::String, thread as real, time::Duration};

pub use real_std::thread::*;

const TIMER: &str = "wait with `tokio::time::sleep(…).await`";
const PARK: &str = "wait for a `tokio::sync::Notify`, or for a channel of tokio's";
const JOIN: &str = "start the work with `tokio::task::spawn_blocking` and `.await` its handle, or let the thread send its result \
     through a `tokio::sync::oneshot`";

/// std's `sleep`.
#[track_caller]
#[expect(
    clippy::disallowed_methods,
    reason = "it is the learner's, and not on the loop"
)]
pub fn sleep(duration: Duration) {
    event_loop::blocks("std::thread::sleep", TIMER);
    real::sleep(duration);
}

/// std's `sleep_ms`.
#[deprecated(note = "replaced by `std::thread::sleep`")]
#[track_caller]
#[expect(
    clippy::disallowed_methods,
    reason = "it is the learner's, and not on the loop"
)]
pub fn sleep_ms(milliseconds: u32) {
    event_loop::blocks("std::thread::sleep_ms", TIMER);
    real::sleep(Duration::from_millis(milliseconds.into()));
}

/// std's `park`.
#[track_caller]
pub fn park() {
    event_loop::blocks("std::thread::park", PARK);
    real::park();
}

/// std's `park_timeout`.
#[track_caller]
pub fn park_timeout(duration: Duration) {
    event_loop::blocks("std::thread::park_timeout", PARK);
    real::park_timeout(duration);
}

/// std's `park_timeout_ms`.
#[deprecated(note = "replaced by `std::thread::park_timeout`")]
#[track_caller]
pub fn park_timeout_ms(milliseconds: u32) {
    event_loop::blocks("std::thread::park_timeout_ms", PARK);
    real::park_timeout(Duration::from_millis(milliseconds.into()));
}

/// std's `spawn`.
pub fn spawn<F, T>(f: F) -> JoinHandle<T>
where
    F: FnOnce() -> T + Send + 'static,
    T: Send + 'static,
{
    JoinHandle { real: real::spawn(f) }
}

/// std's `scope`, which joins its threads before it returns.
#[track_caller]
pub fn scope<'env, F, T>(f: F) -> T
where
    F: for<'scope> FnOnce(&'scope real::Scope<'scope, 'env>) -> T,
{
    event_loop::blocks("std::thread::scope", JOIN);
    real::scope(f)
}

/// std's `JoinHandle`.
pub struct JoinHandle<T> {
    real: real::JoinHandle<T>,
}

impl<T> JoinHandle<T> {
    /// std's `JoinHandle::thread`.
    pub fn thread(&self) -> &Thread {
        self.real.thread()
    }

    /// std's `JoinHandle::join`.
    #[track_caller]
    pub fn join(self) -> Result<T> {
        event_loop::blocks("JoinHandle::join", JOIN);
        self.real.join()
    }

    /// std's `JoinHandle::is_finished`.
    pub fn is_finished(&self) -> bool {
        self.real.is_finished()
    }
}

impl<T> fmt::Debug for JoinHandle<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.real.fmt(f)
    }
}

/// std's `Builder`.
#[must_use = "must eventually spawn the thread"]
pub struct Builder {
    real: real::Builder,
}

crate::debug_as_real!(Builder);

#[expect(clippy::new_without_default, reason = "std's has none")]
impl Builder {
    /// std's `Builder::new`.
    pub fn new() -> Builder {
        Builder {
            real: real::Builder::new(),
        }
    }

    /// std's `Builder::name`.
    pub fn name(self, name: String) -> Builder {
        Builder {
            real: self.real.name(name),
        }
    }

    /// std's `Builder::stack_size`.
    pub fn stack_size(self, size: usize) -> Builder {
        Builder {
            real: self.real.stack_size(size),
        }
    }

    /// std's `Builder::spawn`.
    pub fn spawn<F, T>(self, f: F) -> io::Result<JoinHandle<T>>
    where
        F: FnOnce() -> T + Send + 'static,
        T: Send + 'static,
    {
        Ok(JoinHandle {
            real: self.real.spawn(f)?,
        })
    }

    /// std's `Builder::spawn_scoped`.
    pub fn spawn_scoped<'scope, 'env, F, T>(
        self,
        scope: &'scope Scope<'scope, 'env>,
        f: F,
    ) -> io::Result<ScopedJoinHandle<'scope, T>>
    where
        F: FnOnce() -> T + Send + 'scope,
        T: Send + 'scope,
    {
        self.real.spawn_scoped(scope, f)
    }
}
