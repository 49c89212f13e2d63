//! `OnceLock`.

use std::{
    fmt,
    panic::{Location, RefUnwindSafe, UnwindSafe},
};

use super::once::Gate;
use crate::engine::{Loc, ObjectId, active, object::Region};

/// [`std::sync::OnceLock`].
pub struct OnceLock<T> {
    gate: Gate,
    real: std::sync::OnceLock<T>,
}

impl<T: UnwindSafe> UnwindSafe for OnceLock<T> {}
impl<T: RefUnwindSafe + UnwindSafe> RefUnwindSafe for OnceLock<T> {}

impl<T> OnceLock<T> {
    /// An empty cell.
    #[track_caller]
    pub const fn new() -> Self {
        OnceLock {
            gate: Gate::new(Location::caller()),
            real: std::sync::OnceLock::new(),
        }
    }

    /// The value, if there is one.
    #[track_caller]
    pub fn get(&self) -> Option<&T> {
        if active() {
            self.gate.is_done("get", self.id(), Location::caller());
        }
        self.real.get()
    }

    /// The value, to change, if there is one.
    pub fn get_mut(&mut self) -> Option<&mut T> {
        self.real.get_mut()
    }

    /// Waits until there is a value.
    #[track_caller]
    pub fn wait(&self) -> &T {
        if !active() {
            return self.real.wait();
        }
        self.gate.wait("wait", self.id(), true, Location::caller());
        self.real.get().expect("the gate opens when the value is there")
    }

    /// Puts the value in, if there is none.
    ///
    /// # Errors
    ///
    /// The value, when there is one already.
    #[track_caller]
    pub fn set(&self, value: T) -> Result<(), T> {
        if !active() {
            return self.real.set(value);
        }
        let mut value = Some(value);
        self.initialise("set", Location::caller(), || {
            value.take().expect("an initialiser runs once")
        });
        value.map_or(Ok(()), Err)
    }

    /// The value, which `f` makes if there is none.
    #[track_caller]
    pub fn get_or_init<F>(&self, f: F) -> &T
    where
        F: FnOnce() -> T,
    {
        if active() {
            self.initialise("get_or_init", Location::caller(), f)
        } else {
            self.real.get_or_init(f)
        }
    }

    /// The value, if there is one.
    pub fn into_inner(self) -> Option<T> {
        self.real.into_inner()
    }

    /// Takes the value out and leaves an empty cell.
    #[track_caller]
    pub fn take(&mut self) -> Option<T> {
        let value = self.real.take()?;
        *self = OnceLock {
            gate: Gate::new(self.gate.created()),
            real: std::sync::OnceLock::new(),
        };
        Some(value)
    }

    pub(super) fn initialise(&self, name: &'static str, location: Loc, f: impl FnOnce() -> T) -> &T {
        self.gate.enter(name, self.id(), true, location, |_| {
            let value = f();
            // The value shows as the gate opens, not before.
            || drop(self.real.set(value))
        });
        self.real.get().expect("the gate opens when the value is there")
    }

    fn id(&self) -> ObjectId {
        self.gate.id("OnceLock", Region::of(self))
    }
}

impl<T> Default for OnceLock<T> {
    #[track_caller]
    fn default() -> Self {
        OnceLock::new()
    }
}

impl<T: fmt::Debug> fmt::Debug for OnceLock<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut debug = f.debug_tuple("OnceLock");
        match self.get() {
            Some(value) => debug.field(value),
            None => debug.field(&format_args!("<uninit>")),
        };
        debug.finish()
    }
}

impl<T: Clone> Clone for OnceLock<T> {
    #[track_caller]
    fn clone(&self) -> Self {
        self.get()
            .map_or_else(OnceLock::new, |value| OnceLock::from(value.clone()))
    }
}

impl<T> From<T> for OnceLock<T> {
    #[track_caller]
    fn from(value: T) -> Self {
        let cell = OnceLock::new();
        drop(cell.set(value));
        cell
    }
}

impl<T: PartialEq> PartialEq for OnceLock<T> {
    fn eq(&self, other: &Self) -> bool {
        self.get() == other.get()
    }
}

impl<T: Eq> Eq for OnceLock<T> {}
