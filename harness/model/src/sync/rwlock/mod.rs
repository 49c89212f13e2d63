//! `RwLock`.
//!
//! std leaves open whether a new reader gets in while a writer waits. Here a writer that cannot get in may *begin to wait*,
//! as a step of its own, and from then on new readers queue behind it. A reader that gets in past a waiting writer is the same as
//! a reader that comes before the writer does, so exploring both orders explores both policies.

mod guard;

use std::{
    fmt,
    panic::{Location, RefUnwindSafe, UnwindSafe},
    sync::{LockResult, TryLockError, TryLockResult},
};

use guard::Held;
pub use guard::{RwLockReadGuard, RwLockWriteGuard};

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

/// [`std::sync::RwLock`].
pub struct RwLock<T: ?Sized> {
    object: Object,
    real: std::sync::RwLock<T>,
}

impl<T: ?Sized> UnwindSafe for RwLock<T> {}
impl<T: ?Sized> RefUnwindSafe for RwLock<T> {}

impl<T> RwLock<T> {
    /// A free lock around `value`.
    #[track_caller]
    pub const fn new(value: T) -> Self {
        RwLock {
            object: Object::new(Location::caller()),
            real: std::sync::RwLock::new(value),
        }
    }

    /// The value.
    ///
    /// # Errors
    ///
    /// The value all the same, when the lock is poisoned.
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

impl<T: ?Sized> RwLock<T> {
    /// Waits until no writer has the lock, and takes a share.
    ///
    /// # Errors
    ///
    /// The guard all the same, when the lock is poisoned.
    #[track_caller]
    pub fn read(&self) -> LockResult<RwLockReadGuard<'_, T>> {
        if !active() {
            return map(self.real.read(), RwLockReadGuard::real);
        }
        let location = Location::caller();
        let id = self.id();
        let op = Op {
            name: "read",
            object: Some(id),
            location,
            wants: &[Access {
                object: id,
                mode: Mode::AcquireShared,
            }],
            joins: &[],
            limit: None,
        };
        step_when(&op, &|execution| {
            let lock = execution.state(id).rwlock();
            let behind = lock.queued > 0 && !planted(Fault::ReadersNeverQueue);
            Ready::when(lock.writer.is_none() && !behind)
        });
        self.take_share("read", id, location)
    }

    /// Takes a share if no writer has the lock.
    ///
    /// # Errors
    ///
    /// When one has, or when the lock is poisoned.
    #[track_caller]
    pub fn try_read(&self) -> TryLockResult<RwLockReadGuard<'_, T>> {
        if !active() {
            return try_map(self.real.try_read(), RwLockReadGuard::real);
        }
        let location = Location::caller();
        let id = self.id();
        step("try_read", Some(id), location);
        if self.turned_away("try_read", id, location, |lock| {
            // std's own lock turns a reader away while a writer waits.
            lock.writer.is_some() || lock.queued > 0
        }) {
            return Err(TryLockError::WouldBlock);
        }
        self.take_share("try_read", id, location)
            .map_err(TryLockError::Poisoned)
    }

    /// Waits until nobody has the lock, and takes it.
    ///
    /// # Errors
    ///
    /// The guard all the same, when the lock is poisoned.
    #[track_caller]
    pub fn write(&self) -> LockResult<RwLockWriteGuard<'_, T>> {
        if !active() {
            return map(self.real.write(), RwLockWriteGuard::real);
        }
        let location = Location::caller();
        let id = self.id();
        // Free: it takes the lock. Held by readers: it may begin to wait.
        let wanted = Access {
            object: id,
            mode: Mode::Write,
        };
        let first = Op {
            name: "write",
            object: Some(id),
            location,
            wants: &[wanted],
            joins: &[],
            limit: None,
        };
        step_when(&first, &|execution| {
            Ready::when(execution.state(id).rwlock().writer.is_none())
        });
        let waits = with(|execution| {
            let lock = execution.state_mut(id).rwlock_mut();
            let waits = !lock.readers.is_empty();
            if waits {
                lock.queued += 1;
                execution.touch(id, Mode::Write);
                if let Some(event) = execution.record("write", Some(id), location) {
                    event.note = Some("begins to wait");
                }
            }
            waits
        });
        if waits {
            let then = Op {
                wants: &[Access {
                    object: id,
                    mode: Mode::Acquire,
                }],
                ..first
            };
            step_when(&then, &|execution| {
                let lock = execution.state(id).rwlock();
                Ready::when(lock.writer.is_none() && lock.readers.is_empty())
            });
            with(|execution| execution.state_mut(id).rwlock_mut().queued -= 1);
        }
        self.take_whole(
            "write",
            id,
            if waits { Mode::Acquire } else { Mode::Write },
            location,
        )
    }

    /// Takes the lock if nobody has it.
    ///
    /// # Errors
    ///
    /// When somebody has, or when the lock is poisoned.
    #[track_caller]
    pub fn try_write(&self) -> TryLockResult<RwLockWriteGuard<'_, T>> {
        if !active() {
            return try_map(self.real.try_write(), RwLockWriteGuard::real);
        }
        let location = Location::caller();
        let id = self.id();
        step("try_write", Some(id), location);
        if self.turned_away("try_write", id, location, |lock| {
            lock.writer.is_some() || !lock.readers.is_empty()
        }) {
            return Err(TryLockError::WouldBlock);
        }
        self.take_whole("try_write", id, Mode::Write, location)
            .map_err(TryLockError::Poisoned)
    }

    /// Whether a thread panicked while it held the lock for writing.
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
            let poisoned = execution.state(id).rwlock().poisoned;
            if let Some(event) = execution.record("is_poisoned", Some(id), location) {
                event.read = Some(poisoned.to_string());
            }
            poisoned
        })
    }

    /// Declares a poisoned lock sound again.
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
            execution.state_mut(id).rwlock_mut().poisoned = false;
            execution.record("clear_poison", Some(id), location);
        });
    }

    /// The value, without locking: there is no other reference.
    ///
    /// # Errors
    ///
    /// The value all the same, when the lock is poisoned.
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
        self.object.id("RwLock", Region::of(self), || {
            State::RwLock(object::RwLock::default())
        })
    }

    fn model_poison(&self) -> Option<bool> {
        let id = self.object.known()?;
        Some(with(|execution| execution.state(id).rwlock().poisoned))
    }

    /// Whether a `try_` operation fails, in the step under way.
    fn turned_away(
        &self,
        name: &'static str,
        id: ObjectId,
        location: Loc,
        closed: impl FnOnce(&object::RwLock) -> bool,
    ) -> bool {
        with(|execution| {
            let closed = closed(execution.state(id).rwlock());
            // Not an acquisition: it need not have waited for whoever gave the lock back.
            execution.touch(id, if closed { Mode::Read } else { Mode::Write });
            if closed {
                execution.observe(Some(id), location);
                if let Some(event) = execution.record(name, Some(id), location) {
                    event.note = Some("would block");
                }
            }
            closed
        })
    }

    fn take_share(
        &self,
        name: &'static str,
        id: ObjectId,
        location: Loc,
    ) -> LockResult<RwLockReadGuard<'_, T>> {
        let poisoned = with(|execution| {
            if name == "read" {
                execution.touch(id, Mode::AcquireShared);
            }
            execution.observe(Some(id), location);
            let me = execution.running;
            let lock = execution.state_mut(id).rwlock_mut();
            lock.readers.push((me, location));
            let poisoned = lock.poisoned;
            if let Some(event) = execution.record(name, Some(id), location) {
                event.note = poisoned.then_some("poisoned");
            }
            poisoned
        });
        let real = uncontended(self.real.try_read());
        detail(|event| event.read = show(&*real));
        let guard = RwLockReadGuard {
            real: Some(real),
            model: Some(Held::new(id, location)),
        };
        guarded(guard, poisoned)
    }

    fn take_whole(
        &self,
        name: &'static str,
        id: ObjectId,
        mode: Mode,
        location: Loc,
    ) -> LockResult<RwLockWriteGuard<'_, T>> {
        let poisoned = with(|execution| {
            execution.touch(id, mode);
            execution.observe(Some(id), location);
            let me = execution.running;
            let lock = execution.state_mut(id).rwlock_mut();
            lock.writer = Some((me, location));
            let poisoned = lock.poisoned;
            if let Some(event) = execution.record(name, Some(id), location) {
                event.note = poisoned.then_some("poisoned");
            }
            poisoned
        });
        let real = uncontended(self.real.try_write());
        detail(|event| event.read = show(&*real));
        let guard = RwLockWriteGuard {
            real: Some(real),
            model: Some(Held::new(id, location)),
        };
        guarded(guard, poisoned)
    }
}

impl<T: ?Sized + fmt::Debug> fmt::Debug for RwLock<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut debug = f.debug_struct("RwLock");
        match self.try_read() {
            Ok(guard) => debug.field("data", &&*guard),
            Err(TryLockError::Poisoned(poisoned)) => debug.field("data", &&**poisoned.get_ref()),
            Err(TryLockError::WouldBlock) => debug.field("data", &format_args!("<locked>")),
        };
        debug
            .field("poisoned", &self.is_poisoned())
            .finish_non_exhaustive()
    }
}

impl<T: Default> Default for RwLock<T> {
    #[track_caller]
    fn default() -> Self {
        RwLock::new(T::default())
    }
}

impl<T> From<T> for RwLock<T> {
    #[track_caller]
    fn from(value: T) -> Self {
        RwLock::new(value)
    }
}
