use kata_calls::event_loop;
use real_std::{
    fmt,
    ops::{Deref, DerefMut},
    sync as real,
};

use super::{OnLoop, once::BEGINS_ITSELF};

/// std's `LazyLock`.
pub struct LazyLock<T, F = fn() -> T> {
    on_loop: OnLoop,
    real: real::LazyLock<T, F>,
}

impl<T, F: FnOnce() -> T> LazyLock<T, F> {
    /// std's `LazyLock::new`.
    pub const fn new(f: F) -> LazyLock<T, F> {
        LazyLock {
            on_loop: OnLoop::new(),
            real: real::LazyLock::new(f),
        }
    }

    /// std's `LazyLock::force`.
    #[track_caller]
    pub fn force(this: &LazyLock<T, F>) -> &T {
        if this.on_loop.is_its_own() {
            event_loop::blocks("LazyLock::force", BEGINS_ITSELF);
        }
        // Of a call inside of its own beginning only: it is short, or never comes back.
        let _held = this.on_loop.hold();
        real::LazyLock::force(&this.real)
    }

    /// std's `LazyLock::force_mut`.
    pub fn force_mut(this: &mut LazyLock<T, F>) -> &mut T {
        real::LazyLock::force_mut(&mut this.real)
    }
}

impl<T, F> LazyLock<T, F> {
    /// std's `LazyLock::get`.
    pub fn get(this: &LazyLock<T, F>) -> Option<&T> {
        real::LazyLock::get(&this.real)
    }

    /// std's `LazyLock::get_mut`.
    pub fn get_mut(this: &mut LazyLock<T, F>) -> Option<&mut T> {
        real::LazyLock::get_mut(&mut this.real)
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
    fn deref_mut(&mut self) -> &mut T {
        LazyLock::force_mut(self)
    }
}

impl<T: Default> Default for LazyLock<T> {
    fn default() -> LazyLock<T> {
        LazyLock::new(T::default)
    }
}

impl<T: fmt::Debug, F> fmt::Debug for LazyLock<T, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.real.fmt(f)
    }
}
