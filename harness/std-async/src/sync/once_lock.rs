use kata_calls::event_loop;
use real_std::{fmt, sync as real};

use super::{NOTIFY, OnLoop, once::BEGINS_ITSELF};

/// std's `OnceLock`.
pub struct OnceLock<T> {
    on_loop: OnLoop,
    real: real::OnceLock<T>,
}

impl<T> OnceLock<T> {
    /// std's `OnceLock::new`.
    pub const fn new() -> OnceLock<T> {
        OnceLock {
            on_loop: OnLoop::new(),
            real: real::OnceLock::new(),
        }
    }

    /// std's `OnceLock::get`.
    pub fn get(&self) -> Option<&T> {
        self.real.get()
    }

    /// std's `OnceLock::get_mut`.
    pub fn get_mut(&mut self) -> Option<&mut T> {
        self.real.get_mut()
    }

    /// std's `OnceLock::set`.
    pub fn set(&self, value: T) -> Result<(), T> {
        self.real.set(value)
    }

    /// std's `OnceLock::get_or_init`.
    #[track_caller]
    pub fn get_or_init<F: FnOnce() -> T>(&self, f: F) -> &T {
        if self.on_loop.is_its_own() {
            event_loop::blocks("OnceLock::get_or_init", BEGINS_ITSELF);
        }
        self.real.get_or_init(|| {
            let _held = self.on_loop.hold();
            f()
        })
    }

    /// std's `OnceLock::into_inner`.
    pub fn into_inner(self) -> Option<T> {
        self.real.into_inner()
    }

    /// std's `OnceLock::take`.
    pub fn take(&mut self) -> Option<T> {
        self.real.take()
    }

    /// std's `OnceLock::wait`.
    #[track_caller]
    pub fn wait(&self) -> &T {
        event_loop::blocks("OnceLock::wait", NOTIFY);
        self.real.wait()
    }
}

impl<T> Default for OnceLock<T> {
    fn default() -> OnceLock<T> {
        OnceLock::new()
    }
}

impl<T: fmt::Debug> fmt::Debug for OnceLock<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.real.fmt(f)
    }
}

impl<T: Clone> Clone for OnceLock<T> {
    fn clone(&self) -> OnceLock<T> {
        OnceLock {
            on_loop: OnLoop::new(),
            real: self.real.clone(),
        }
    }
}

impl<T> From<T> for OnceLock<T> {
    fn from(value: T) -> OnceLock<T> {
        OnceLock {
            on_loop: OnLoop::new(),
            real: value.into(),
        }
    }
}

impl<T: PartialEq> PartialEq for OnceLock<T> {
    fn eq(&self, other: &OnceLock<T>) -> bool {
        self.real == other.real
    }
}

impl<T: Eq> Eq for OnceLock<T> {}
