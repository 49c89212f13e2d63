use kata_calls::event_loop;
use real_std::{
    fmt,
    ops::{Deref, DerefMut},
    sync::{self as real, LockResult, PoisonError, TryLockError, TryLockResult},
};

use super::{Held, OnLoop, RELEASE};

/// std's `RwLock`.
#[derive(Default)]
pub struct RwLock<T: ?Sized> {
    reads: OnLoop,
    writes: OnLoop,
    real: real::RwLock<T>,
}

/// std's `RwLockReadGuard`.
#[must_use = "if unused the RwLock will immediately unlock"]
pub struct RwLockReadGuard<'a, T: ?Sized + 'a> {
    #[expect(dead_code, reason = "it counts, and is dropped first")]
    held: Held<'a>,
    guard: real::RwLockReadGuard<'a, T>,
}

/// std's `RwLockWriteGuard`.
#[must_use = "if unused the RwLock will immediately unlock"]
pub struct RwLockWriteGuard<'a, T: ?Sized + 'a> {
    held: Held<'a>,
    reads: &'a OnLoop,
    guard: real::RwLockWriteGuard<'a, T>,
}

impl<T> RwLock<T> {
    /// std's `RwLock::new`.
    pub const fn new(value: T) -> RwLock<T> {
        RwLock {
            reads: OnLoop::new(),
            writes: OnLoop::new(),
            real: real::RwLock::new(value),
        }
    }

    /// std's `RwLock::into_inner`.
    pub fn into_inner(self) -> LockResult<T> {
        self.real.into_inner()
    }
}

impl<T: ?Sized> RwLock<T> {
    /// std's `RwLock::read`.
    #[track_caller]
    pub fn read(&self) -> LockResult<RwLockReadGuard<'_, T>> {
        if self.writes.is_its_own() {
            event_loop::blocks("RwLock::read", RELEASE);
        }
        match self.real.read() {
            Ok(guard) => Ok(self.reader(guard)),
            Err(poisoned) => Err(PoisonError::new(self.reader(poisoned.into_inner()))),
        }
    }

    /// std's `RwLock::try_read`.
    pub fn try_read(&self) -> TryLockResult<RwLockReadGuard<'_, T>> {
        match self.real.try_read() {
            Ok(guard) => Ok(self.reader(guard)),
            Err(TryLockError::Poisoned(poisoned)) => Err(TryLockError::Poisoned(PoisonError::new(
                self.reader(poisoned.into_inner()),
            ))),
            Err(TryLockError::WouldBlock) => Err(TryLockError::WouldBlock),
        }
    }

    /// std's `RwLock::write`.
    #[track_caller]
    pub fn write(&self) -> LockResult<RwLockWriteGuard<'_, T>> {
        if self.writes.is_its_own() || self.reads.is_its_own() {
            event_loop::blocks("RwLock::write", RELEASE);
        }
        match self.real.write() {
            Ok(guard) => Ok(self.writer(guard)),
            Err(poisoned) => Err(PoisonError::new(self.writer(poisoned.into_inner()))),
        }
    }

    /// std's `RwLock::try_write`.
    pub fn try_write(&self) -> TryLockResult<RwLockWriteGuard<'_, T>> {
        match self.real.try_write() {
            Ok(guard) => Ok(self.writer(guard)),
            Err(TryLockError::Poisoned(poisoned)) => Err(TryLockError::Poisoned(PoisonError::new(
                self.writer(poisoned.into_inner()),
            ))),
            Err(TryLockError::WouldBlock) => Err(TryLockError::WouldBlock),
        }
    }

    /// std's `RwLock::is_poisoned`.
    pub fn is_poisoned(&self) -> bool {
        self.real.is_poisoned()
    }

    /// std's `RwLock::clear_poison`.
    pub fn clear_poison(&self) {
        self.real.clear_poison();
    }

    /// std's `RwLock::get_mut`.
    pub fn get_mut(&mut self) -> LockResult<&mut T> {
        self.real.get_mut()
    }

    fn reader<'a>(&'a self, guard: real::RwLockReadGuard<'a, T>) -> RwLockReadGuard<'a, T> {
        RwLockReadGuard {
            held: self.reads.hold(),
            guard,
        }
    }

    fn writer<'a>(&'a self, guard: real::RwLockWriteGuard<'a, T>) -> RwLockWriteGuard<'a, T> {
        RwLockWriteGuard {
            held: self.writes.hold(),
            reads: &self.reads,
            guard,
        }
    }
}

impl<'a, T: ?Sized> RwLockWriteGuard<'a, T> {
    /// std's `RwLockWriteGuard::downgrade`.
    pub fn downgrade(this: Self) -> RwLockReadGuard<'a, T> {
        let RwLockWriteGuard { held, reads, guard } = this;
        drop(held);
        RwLockReadGuard {
            held: reads.hold(),
            guard: real::RwLockWriteGuard::downgrade(guard),
        }
    }
}

impl<T> From<T> for RwLock<T> {
    fn from(value: T) -> RwLock<T> {
        RwLock::new(value)
    }
}

impl<T: ?Sized + fmt::Debug> fmt::Debug for RwLock<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.real.fmt(f)
    }
}

impl<T: ?Sized> Deref for RwLockReadGuard<'_, T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.guard
    }
}

impl<T: ?Sized> Deref for RwLockWriteGuard<'_, T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.guard
    }
}

impl<T: ?Sized> DerefMut for RwLockWriteGuard<'_, T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.guard
    }
}

macro_rules! shown_as_the_value {
    ($($guard:ident)*) => {
        $(impl<T: ?Sized + fmt::Debug> fmt::Debug for $guard<'_, T> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.guard.fmt(f)
            }
        }

        impl<T: ?Sized + fmt::Display> fmt::Display for $guard<'_, T> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.guard.fmt(f)
            }
        })*
    };
}

shown_as_the_value!(RwLockReadGuard RwLockWriteGuard);
