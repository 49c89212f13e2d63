//! The guards of a `RwLock`.

use std::{
    fmt,
    ops::{Deref, DerefMut},
    sync::atomic::{AtomicBool, Ordering::Relaxed},
};

use crate::engine::{Loc, Mode, ObjectId, active, show::show, step, step::detail, with};

/// [`std::sync::RwLockReadGuard`].
#[must_use = "if unused the RwLock will immediately unlock"]
#[clippy::has_significant_drop]
pub struct RwLockReadGuard<'a, T: ?Sized + 'a> {
    pub(super) real: Option<std::sync::RwLockReadGuard<'a, T>>,
    pub(super) model: Option<Held>,
}

/// [`std::sync::RwLockWriteGuard`].
#[must_use = "if unused the RwLock will immediately unlock"]
#[clippy::has_significant_drop]
pub struct RwLockWriteGuard<'a, T: ?Sized + 'a> {
    pub(super) real: Option<std::sync::RwLockWriteGuard<'a, T>>,
    pub(super) model: Option<Held>,
}

/// A lock that a guard holds.
pub(super) struct Held {
    id: ObjectId,
    location: Loc,
    changed: AtomicBool,
    unwinding: bool,
}

impl Held {
    pub(super) fn new(id: ObjectId, location: Loc) -> Self {
        Held {
            id,
            location,
            changed: AtomicBool::new(false),
            unwinding: crate::engine::panics::unwinding(),
        }
    }

    /// Gives a share back, in the step under way.
    fn release_share(&self) {
        with(|execution| {
            execution.touch(self.id, Mode::ReleaseShared);
            let me = execution.running;
            let readers = &mut execution.state_mut(self.id).rwlock_mut().readers;
            if let Some(at) = readers.iter().position(|(reader, _)| *reader == me) {
                readers.remove(at);
            }
            execution.record("unlock", Some(self.id), self.location);
        });
    }

    /// Gives the lock back, in the step under way.
    fn release_whole(&self, name: &'static str) {
        with(|execution| {
            let poisons = !self.unwinding && execution.thread().panics > 0;
            execution.touch(self.id, Mode::Release);
            let lock = execution.state_mut(self.id).rwlock_mut();
            lock.writer = None;
            lock.poisoned |= poisons;
            if self.changed.load(Relaxed) || poisons {
                execution.progress(self.id);
            }
            if let Some(event) = execution.record(name, Some(self.id), self.location) {
                event.note = poisons.then_some("poisons it");
            }
        });
    }
}

impl<'a, T: ?Sized> RwLockReadGuard<'a, T> {
    pub(super) fn real(real: std::sync::RwLockReadGuard<'a, T>) -> Self {
        RwLockReadGuard {
            real: Some(real),
            model: None,
        }
    }
}

impl<'a, T: ?Sized> RwLockWriteGuard<'a, T> {
    pub(super) fn real(real: std::sync::RwLockWriteGuard<'a, T>) -> Self {
        RwLockWriteGuard {
            real: Some(real),
            model: None,
        }
    }

    /// Keeps the lock, for reading only, so that other readers get in.
    pub fn downgrade(s: Self) -> RwLockReadGuard<'a, T> {
        let mut whole = s;
        let real = whole.real.take().expect("present until the guard is taken apart");
        let Some(held) = whole.model.take() else {
            return RwLockReadGuard::real(std::sync::RwLockWriteGuard::downgrade(real));
        };
        step("downgrade", Some(held.id), held.location);
        held.release_whole("downgrade");
        if held.changed.load(Relaxed) {
            detail(|event| event.wrote = show(&*real));
        }
        with(|execution| {
            let me = execution.running;
            let lock = execution.state_mut(held.id).rwlock_mut();
            lock.readers.push((me, held.location));
        });
        RwLockReadGuard {
            real: Some(std::sync::RwLockWriteGuard::downgrade(real)),
            model: Some(Held {
                changed: AtomicBool::new(false),
                ..held
            }),
        }
    }
}

impl<T: ?Sized> Drop for RwLockReadGuard<'_, T> {
    fn drop(&mut self) {
        let Some(held) = self.model.take().filter(|_| active()) else {
            return;
        };
        step("unlock", Some(held.id), held.location);
        drop(self.real.take());
        held.release_share();
    }
}

impl<T: ?Sized> Drop for RwLockWriteGuard<'_, T> {
    fn drop(&mut self) {
        let Some(held) = self.model.take().filter(|_| active()) else {
            return;
        };
        step("unlock", Some(held.id), held.location);
        held.release_whole("unlock");
        if held.changed.load(Relaxed) {
            detail(|event| event.wrote = self.real.as_deref().and_then(show));
        }
        drop(self.real.take());
    }
}

impl<T: ?Sized> Deref for RwLockReadGuard<'_, T> {
    type Target = T;

    fn deref(&self) -> &T {
        self.real
            .as_ref()
            .expect("present until the guard is taken apart")
    }
}

impl<T: ?Sized> Deref for RwLockWriteGuard<'_, T> {
    type Target = T;

    fn deref(&self) -> &T {
        self.real
            .as_ref()
            .expect("present until the guard is taken apart")
    }
}

impl<T: ?Sized> DerefMut for RwLockWriteGuard<'_, T> {
    fn deref_mut(&mut self) -> &mut T {
        if let Some(held) = &self.model {
            held.changed.store(true, Relaxed);
        }
        self.real
            .as_mut()
            .expect("present until the guard is taken apart")
    }
}

macro_rules! shown_as_their_values {
    ($($guard:ident)*) => { $(
        impl<T: ?Sized + fmt::Debug> fmt::Debug for $guard<'_, T> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                (**self).fmt(f)
            }
        }

        impl<T: ?Sized + fmt::Display> fmt::Display for $guard<'_, T> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                (**self).fmt(f)
            }
        }
    )* };
}

shown_as_their_values!(RwLockReadGuard RwLockWriteGuard);
