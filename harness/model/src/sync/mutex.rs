//! `Mutex`.

use std::{
    fmt,
    ops::{Deref, DerefMut},
    panic::{Location, RefUnwindSafe, UnwindSafe},
    sync::{
        LockResult, TryLockError, TryLockResult,
        atomic::{AtomicBool, Ordering::Relaxed},
    },
};

use super::poison::{guarded, map, try_map, uncontended};
use crate::{
    engine::{
        Access, Loc, Mode, Object, ObjectId, Op, Ready, State, active,
        object::{self, Region},
        show::show,
        step,
        step::detail,
        step_when, with,
    },
    faults::{Fault, planted},
};

/// [`std::sync::Mutex`].
pub struct Mutex<T: ?Sized> {
    object: Object,
    real: std::sync::Mutex<T>,
}

/// [`std::sync::MutexGuard`].
#[must_use = "if unused the Mutex will immediately unlock"]
#[clippy::has_significant_drop]
pub struct MutexGuard<'a, T: ?Sized + 'a> {
    lock: &'a Mutex<T>,
    /// `None` only while the guard is taken apart.
    real: Option<std::sync::MutexGuard<'a, T>>,
    /// What the model knows; `None` outside an exploration.
    model: Option<Held>,
}

struct Held {
    id: ObjectId,
    location: Loc,
    /// Whether the value may have been changed under this guard.
    changed: AtomicBool,
    /// Whether the thread was already unwinding when it took the lock: then it does not poison it.
    unwinding: bool,
}

impl<T: ?Sized> UnwindSafe for Mutex<T> {}
impl<T: ?Sized> RefUnwindSafe for Mutex<T> {}

impl<T> Mutex<T> {
    /// A free mutex around `value`.
    #[track_caller]
    pub const fn new(value: T) -> Self {
        Mutex {
            object: Object::new(Location::caller()),
            real: std::sync::Mutex::new(value),
        }
    }

    /// The value.
    ///
    /// # Errors
    ///
    /// The value all the same, when the mutex is poisoned.
    pub fn into_inner(self) -> LockResult<T> {
        match self.model_poison() {
            None => self.real.into_inner(),
            Some(poisoned) => guarded(
                self.real.into_inner().unwrap_or_else(|error| error.into_inner()),
                poisoned,
            ),
        }
    }
}

impl<T: ?Sized> Mutex<T> {
    /// Waits until the mutex is free, and takes it.
    ///
    /// # Errors
    ///
    /// The guard all the same, when another thread panicked while it held the mutex.
    #[track_caller]
    pub fn lock(&self) -> LockResult<MutexGuard<'_, T>> {
        if !active() {
            return map(self.real.lock(), |real| MutexGuard {
                lock: self,
                real: Some(real),
                model: None,
            });
        }
        let location = Location::caller();
        let id = self.id();
        let op = Op {
            name: "lock",
            object: Some(id),
            location,
            wants: &[Access {
                object: id,
                mode: Mode::Acquire,
            }],
            joins: &[],
            limit: None,
        };
        step_when(&op, &|execution| {
            Ready::when(execution.state(id).mutex().holder.is_none())
        });
        self.take("lock", id, location)
    }

    /// Takes the mutex if it is free.
    ///
    /// # Errors
    ///
    /// When it is not, or when it is poisoned.
    #[track_caller]
    pub fn try_lock(&self) -> TryLockResult<MutexGuard<'_, T>> {
        if !active() {
            return try_map(self.real.try_lock(), |real| MutexGuard {
                lock: self,
                real: Some(real),
                model: None,
            });
        }
        let location = Location::caller();
        let id = self.id();
        if !planted(Fault::TryLockAtOnce) {
            step("try_lock", Some(id), location);
        }
        let held = with(|execution| {
            let held = execution.state(id).mutex().holder.is_some();
            if held {
                execution.touch(id, Mode::Read);
                execution.observe(Some(id), location);
                if let Some(event) = execution.record("try_lock", Some(id), location) {
                    event.note = Some("would block");
                }
            } else {
                // Not `Acquire`: it need not have waited for whoever gave the mutex back.
                execution.touch(id, Mode::Write);
            }
            held
        });
        if held {
            return Err(TryLockError::WouldBlock);
        }
        self.take("try_lock", id, location)
            .map_err(TryLockError::Poisoned)
    }

    /// Whether a thread panicked while it held the mutex.
    #[track_caller]
    pub fn is_poisoned(&self) -> bool {
        if !active() {
            return self.real.is_poisoned();
        }
        let location = Location::caller();
        let id = self.id();
        step("is_poisoned", Some(id), location);
        with(|execution| {
            execution.touch(id, Mode::Read);
            execution.observe(Some(id), location);
            let poisoned = execution.state(id).mutex().poisoned;
            if let Some(event) = execution.record("is_poisoned", Some(id), location) {
                event.read = Some(poisoned.to_string());
            }
            poisoned
        })
    }

    /// Declares a poisoned mutex sound again.
    #[track_caller]
    pub fn clear_poison(&self) {
        self.real.clear_poison();
        if !active() {
            return;
        }
        let location = Location::caller();
        let id = self.id();
        step("clear_poison", Some(id), location);
        with(|execution| {
            execution.touch(id, Mode::Write);
            execution.progress(id);
            execution.state_mut(id).mutex_mut().poisoned = false;
            execution.record("clear_poison", Some(id), location);
        });
    }

    /// The value, without locking: there is no other reference.
    ///
    /// # Errors
    ///
    /// The value all the same, when the mutex is poisoned.
    pub fn get_mut(&mut self) -> LockResult<&mut T> {
        match self.model_poison() {
            None => self.real.get_mut(),
            Some(poisoned) => guarded(
                self.real.get_mut().unwrap_or_else(|error| error.into_inner()),
                poisoned,
            ),
        }
    }

    fn id(&self) -> ObjectId {
        self.object.id("Mutex", Region::of(self), || {
            State::Mutex(object::Mutex::default())
        })
    }

    /// What the model knows of the poison; `None` if it has not seen this mutex.
    fn model_poison(&self) -> Option<bool> {
        let id = self.object.known()?;
        Some(with(|execution| execution.state(id).mutex().poisoned))
    }

    /// Takes the mutex, which is free, in the step under way.
    fn take(&self, name: &'static str, id: ObjectId, location: Loc) -> LockResult<MutexGuard<'_, T>> {
        let (poisoned, unwinding) = with(|execution| {
            if name != "try_lock" {
                execution.touch(id, Mode::Acquire);
            }
            execution.observe(Some(id), location);
            let me = execution.running;
            let state = execution.state_mut(id).mutex_mut();
            state.holder = Some((me, location));
            let poisoned = state.poisoned;
            if let Some(event) = execution.record(name, Some(id), location) {
                event.note = poisoned.then_some("poisoned");
            }
            (poisoned, execution.thread().panics > 0)
        });
        let real = uncontended(self.real.try_lock());
        detail(|event| event.read = show(&*real));
        let guard = MutexGuard {
            lock: self,
            real: Some(real),
            model: Some(Held {
                id,
                location,
                changed: AtomicBool::new(false),
                unwinding,
            }),
        };
        guarded(guard, poisoned)
    }
}

impl Held {
    /// Gives the mutex back, in the step under way.
    fn release(&self, name: &'static str, location: Loc) {
        with(|execution| {
            let poisons = !self.unwinding && execution.thread().panics > 0 && !planted(Fault::NeverPoisons);
            execution.touch(self.id, Mode::Release);
            let state = execution.state_mut(self.id).mutex_mut();
            state.holder = None;
            state.poisoned |= poisons;
            if self.changed.load(Relaxed) || poisons {
                execution.progress(self.id);
            }
            if let Some(event) = execution.record(name, Some(self.id), location) {
                event.note = poisons.then_some("poisons it");
            }
        });
    }
}

impl<'a, T: ?Sized> MutexGuard<'a, T> {
    /// The mutex, and the real guard for a condition variable outside an exploration.
    pub(super) fn into_parts(mut self) -> (&'a Mutex<T>, Option<std::sync::MutexGuard<'a, T>>) {
        self.model = None;
        (self.lock, self.real.take())
    }

    pub(super) fn from_real(lock: &'a Mutex<T>, real: std::sync::MutexGuard<'a, T>) -> Self {
        MutexGuard {
            lock,
            real: Some(real),
            model: None,
        }
    }

    /// The value, without counting as a change: for a condition that is only looked at.
    pub(super) fn peek_mut(&mut self) -> &mut T {
        self.real
            .as_mut()
            .expect("present until the guard is taken apart")
    }

    pub(super) fn model_id(&self) -> Option<ObjectId> {
        self.model.as_ref().map(|held| held.id)
    }

    /// Gives the mutex back as a part of another operation's step.
    pub(super) fn release_within(mut self) -> &'a Mutex<T> {
        if let Some(held) = self.model.take() {
            self.give_back(&held);
        }
        self.lock
    }

    /// Gives the mutex back, in the step under way.
    fn give_back(&mut self, held: &Held) {
        held.release("unlock", held.location);
        if held.changed.load(Relaxed) {
            detail(|event| event.wrote = self.real.as_deref().and_then(show));
        }
        drop(self.real.take());
    }
}

impl<T: ?Sized> Mutex<T> {
    /// Takes the mutex, which is free, as a part of another operation's step.
    pub(super) fn take_within(
        &self,
        name: &'static str,
        id: ObjectId,
        location: Loc,
    ) -> LockResult<MutexGuard<'_, T>> {
        self.take(name, id, location)
    }
}

impl<T: ?Sized> Drop for MutexGuard<'_, T> {
    fn drop(&mut self) {
        let Some(held) = self.model.take() else { return };
        if !active() {
            return;
        }
        if !planted(Fault::UnlockAtOnce) {
            step("unlock", Some(held.id), held.location);
        }
        self.give_back(&held);
    }
}

impl<T: ?Sized> Deref for MutexGuard<'_, T> {
    type Target = T;

    fn deref(&self) -> &T {
        self.real
            .as_ref()
            .expect("present until the guard is taken apart")
    }
}

impl<T: ?Sized> DerefMut for MutexGuard<'_, T> {
    fn deref_mut(&mut self) -> &mut T {
        if let Some(held) = &self.model {
            held.changed.store(true, Relaxed);
        }
        self.real
            .as_mut()
            .expect("present until the guard is taken apart")
    }
}

impl<T: ?Sized + fmt::Debug> fmt::Debug for MutexGuard<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

impl<T: ?Sized + fmt::Display> fmt::Display for MutexGuard<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

impl<T: ?Sized + fmt::Debug> fmt::Debug for Mutex<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut debug = f.debug_struct("Mutex");
        match self.try_lock() {
            Ok(guard) => debug.field("data", &&*guard),
            Err(TryLockError::Poisoned(poisoned)) => debug.field("data", &&**poisoned.get_ref()),
            Err(TryLockError::WouldBlock) => debug.field("data", &"<locked>"),
        };
        debug
            .field("poisoned", &self.is_poisoned())
            .finish_non_exhaustive()
    }
}

impl<T: Default> Default for Mutex<T> {
    #[track_caller]
    fn default() -> Self {
        Mutex::new(T::default())
    }
}

impl<T> From<T> for Mutex<T> {
    #[track_caller]
    fn from(value: T) -> Self {
        Mutex::new(value)
    }
}
