//! `LazyLock`.

use std::{
    cell::Cell,
    fmt,
    ops::{Deref, DerefMut},
    panic::{Location, RefUnwindSafe, UnwindSafe},
};

use super::once::Gate;
use crate::engine::{Loc, ObjectId, active, object::Region};

/// [`std::sync::LazyLock`].
pub struct LazyLock<T, F = fn() -> T> {
    gate: Gate,
    real: std::sync::OnceLock<T>,
    /// Taken by the one thread that makes the value.
    init: Cell<Option<F>>,
}

// SAFETY: the initialiser is only touched under exclusive access or by the one thread that the gate, or the real
// `OnceLock`, lets in; that thread may be any, hence `F: Send`.
unsafe impl<T: Sync + Send, F: Send> Sync for LazyLock<T, F> {}
impl<T: UnwindSafe, F: UnwindSafe> UnwindSafe for LazyLock<T, F> {}
impl<T: RefUnwindSafe + UnwindSafe, F: UnwindSafe> RefUnwindSafe for LazyLock<T, F> {}

/// What std says when the initialiser has panicked.
const POISONED: &str = "LazyLock instance has previously been poisoned";

impl<T, F: FnOnce() -> T> LazyLock<T, F> {
    /// A value that `f` makes when it is first asked for.
    #[track_caller]
    pub const fn new(f: F) -> Self {
        LazyLock {
            gate: Gate::new(Location::caller()),
            real: std::sync::OnceLock::new(),
            init: Cell::new(Some(f)),
        }
    }

    /// The value, which is made now if it has not been.
    ///
    /// # Panics
    ///
    /// When the initialiser does, or has done so before.
    #[track_caller]
    pub fn force(this: &LazyLock<T, F>) -> &T {
        this.force_at(Location::caller())
    }

    /// As [`LazyLock::force`], to change.
    ///
    /// # Panics
    ///
    /// When the initialiser does, or has done so before.
    #[track_caller]
    pub fn force_mut(this: &mut LazyLock<T, F>) -> &mut T {
        this.force_at(Location::caller());
        this.real.get_mut().expect("made just now")
    }

    fn force_at(&self, location: Loc) -> &T {
        let make = || self.init.take().expect(POISONED)();
        if !active() {
            return self.real.get_or_init(make);
        }
        self.gate.enter("force", self.id(), true, location, |_| {
            let value = make();
            || drop(self.real.set(value))
        });
        self.real.get().expect("the gate opens when the value is there")
    }
}

impl<T, F> LazyLock<T, F> {
    /// The value, if it has been made.
    #[track_caller]
    pub fn get(this: &LazyLock<T, F>) -> Option<&T> {
        if active() {
            this.gate.is_done("get", this.id(), Location::caller());
        }
        this.real.get()
    }

    /// The value, to change, if it has been made.
    pub fn get_mut(this: &mut LazyLock<T, F>) -> Option<&mut T> {
        this.real.get_mut()
    }

    fn id(&self) -> ObjectId {
        self.gate.id("LazyLock", Region::of(self))
    }
}

impl<T, F: FnOnce() -> T> Deref for LazyLock<T, F> {
    type Target = T;

    #[track_caller]
    fn deref(&self) -> &T {
        LazyLock::force(self)
    }
}

impl<T, F: FnOnce() -> T> DerefMut for LazyLock<T, F> {
    #[track_caller]
    fn deref_mut(&mut self) -> &mut T {
        LazyLock::force_mut(self)
    }
}

impl<T: Default> Default for LazyLock<T> {
    #[track_caller]
    fn default() -> Self {
        LazyLock::new(T::default)
    }
}

impl<T: fmt::Debug, F> fmt::Debug for LazyLock<T, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut debug = f.debug_tuple("LazyLock");
        match LazyLock::get(self) {
            Some(value) => debug.field(value),
            None => debug.field(&format_args!("<uninit>")),
        };
        debug.finish()
    }
}
