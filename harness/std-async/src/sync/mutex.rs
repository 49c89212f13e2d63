use kata_calls::event_loop;
use real_std::{
    fmt,
    ops::{Deref, DerefMut},
    sync::{self as real, LockResult, PoisonError, TryLockError, TryLockResult},
};

use super::{Held, OnLoop, RELEASE};

/// std's `Mutex`.
#[derive(Default)]
pub struct Mutex<T: ?Sized> {
    on_loop: OnLoop,
    real: real::Mutex<T>,
}

/// std's `MutexGuard`.
#[must_use = "if unused the Mutex will immediately unlock"]
pub struct MutexGuard<'a, T: ?Sized + 'a> {
    held: Held<'a>,
    guard: real::MutexGuard<'a, T>,
}

impl<T> Mutex<T> {
    /// std's `Mutex::new`.
    pub const fn new(value: T) -> Mutex<T> {
        Mutex {
            on_loop: OnLoop::new(),
            real: real::Mutex::new(value),
        }
    }

    /// std's `Mutex::into_inner`.
    pub fn into_inner(self) -> LockResult<T> {
        self.real.into_inner()
    }
}

impl<T: ?Sized> Mutex<T> {
    /// std's `Mutex::lock`.
    #[track_caller]
    pub fn lock(&self) -> LockResult<MutexGuard<'_, T>> {
        if self.on_loop.is_its_own() {
            event_loop::blocks("Mutex::lock", RELEASE);
        }
        match self.real.lock() {
            Ok(guard) => Ok(self.guard(guard)),
            Err(poisoned) => Err(PoisonError::new(self.guard(poisoned.into_inner()))),
        }
    }

    /// std's `Mutex::try_lock`.
    pub fn try_lock(&self) -> TryLockResult<MutexGuard<'_, T>> {
        match self.real.try_lock() {
            Ok(guard) => Ok(self.guard(guard)),
            Err(TryLockError::Poisoned(poisoned)) => Err(TryLockError::Poisoned(PoisonError::new(
                self.guard(poisoned.into_inner()),
            ))),
            Err(TryLockError::WouldBlock) => Err(TryLockError::WouldBlock),
        }
    }

    /// std's `Mutex::is_poisoned`.
    pub fn is_poisoned(&self) -> bool {
        self.real.is_poisoned()
    }

    /// std's `Mutex::clear_poison`.
    pub fn clear_poison(&self) {
        self.real.clear_poison();
    }

    /// std's `Mutex::get_mut`.
    pub fn get_mut(&mut self) -> LockResult<&mut T> {
        self.real.get_mut()
    }

    fn guard<'a>(&'a self, guard: real::MutexGuard<'a, T>) -> MutexGuard<'a, T> {
        MutexGuard {
            held: self.on_loop.hold(),
            guard,
        }
    }
}

impl<'a, T: ?Sized> MutexGuard<'a, T> {
    pub(super) fn into_parts(self) -> (Held<'a>, real::MutexGuard<'a, T>) {
        (self.held, self.guard)
    }

    pub(super) fn from_parts(held: Held<'a>, guard: real::MutexGuard<'a, T>) -> MutexGuard<'a, T> {
        MutexGuard { held, guard }
    }
}

impl<T> From<T> for Mutex<T> {
    fn from(value: T) -> Mutex<T> {
        Mutex::new(value)
    }
}

impl<T: ?Sized + fmt::Debug> fmt::Debug for Mutex<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.real.fmt(f)
    }
}

impl<T: ?Sized> Deref for MutexGuard<'_, T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.guard
    }
}

impl<T: ?Sized> DerefMut for MutexGuard<'_, T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.guard
    }
}

impl<T: ?Sized + fmt::Debug> fmt::Debug for MutexGuard<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.guard.fmt(f)
    }
}

impl<T: ?Sized + fmt::Display> fmt::Display for MutexGuard<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.guard.fmt(f)
    }
}
