//! `thread_local!` and its keys.

use std::{
    cell::{Cell, RefCell},
    fmt,
};

use crate::engine::{active, thread::Local, with};

/// [`std::thread::LocalKey`].
pub struct LocalKey<T: 'static> {
    real: &'static std::thread::LocalKey<T>,
    init: fn() -> T,
}

/// [`std::thread::AccessError`]: the value is being destroyed, or was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct AccessError;

impl fmt::Display for AccessError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("already destroyed")
    }
}

impl std::error::Error for AccessError {}

/// [`std::thread_local!`].
#[macro_export]
macro_rules! thread_local {
    () => {};
    ($(#[$attr:meta])* $vis:vis static $name:ident : $t:ty = const $init:block; $($rest:tt)*) => {
        $crate::thread_local!(@key [$(#[$attr])* $vis] $name, $t, $init);
        $crate::thread_local!($($rest)*);
    };
    ($(#[$attr:meta])* $vis:vis static $name:ident : $t:ty = const $init:block) => {
        $crate::thread_local!(@key [$(#[$attr])* $vis] $name, $t, $init);
    };
    ($(#[$attr:meta])* $vis:vis static $name:ident : $t:ty = $init:expr; $($rest:tt)*) => {
        $crate::thread_local!(@key [$(#[$attr])* $vis] $name, $t, $init);
        $crate::thread_local!($($rest)*);
    };
    ($(#[$attr:meta])* $vis:vis static $name:ident : $t:ty = $init:expr) => {
        $crate::thread_local!(@key [$(#[$attr])* $vis] $name, $t, $init);
    };
    (@key [$($head:tt)*] $name:ident, $t:ty, $init:expr) => {
        $($head)* static $name: $crate::thread::LocalKey<$t> = {
            fn init() -> $t {
                $init
            }
            $crate::macros::real_thread_local! {
                static REAL: $t = init();
            }
            $crate::thread::LocalKey::new(&REAL, init)
        };
    };
}

impl<T: 'static> LocalKey<T> {
    /// What [`thread_local!`](crate::thread_local) expands to.
    #[doc(hidden)]
    pub const fn new(real: &'static std::thread::LocalKey<T>, init: fn() -> T) -> Self {
        LocalKey { real, init }
    }

    /// Gives `f` the calling thread's value, which is made at its first use.
    ///
    /// # Panics
    ///
    /// When the value has been destroyed.
    pub fn with<F, R>(&'static self, f: F) -> R
    where
        F: FnOnce(&T) -> R,
    {
        self.try_with(f)
            .expect("cannot access a Thread Local Storage value during or after destruction")
    }

    /// As [`LocalKey::with`].
    ///
    /// # Errors
    ///
    /// When the value has been destroyed.
    pub fn try_with<F, R>(&'static self, f: F) -> Result<R, AccessError>
    where
        F: FnOnce(&T) -> R,
    {
        if !active() {
            return self.real.try_with(f).map_err(|_| AccessError);
        }
        let value = match self.find() {
            Some(found) => found?,
            None => {
                // Not inside `with`: the initialiser is the learner's code.
                self.begin((self.init)());
                self.find().expect("begun just now")?
            }
        };
        // SAFETY: the value is boxed, and neither moved nor dropped before its thread has run to its end (`destroy`),
        // which it does not while it is in here.
        Ok(f(unsafe { &*value }))
    }

    /// Gives the calling thread, which has none yet, its value.
    fn begin(&'static self, value: T) {
        let local = Local {
            key: self.key(),
            value: Some(Box::new(value)),
            needs_drop: std::mem::needs_drop::<T>(),
        };
        with(|execution| execution.thread().locals.push(local));
    }

    fn key(&'static self) -> usize {
        std::ptr::from_ref(self).addr()
    }

    /// The calling thread's value; `None` if there is none yet.
    fn find(&'static self) -> Option<Result<*const T, AccessError>> {
        let key = self.key();
        with(|execution| {
            execution.deeds += 1;
            let locals = &execution.thread().locals;
            let local = locals.iter().find(|local| local.key == key)?;
            let value = local.value.as_deref().and_then(|value| value.downcast_ref::<T>());
            Some(value.map(std::ptr::from_ref).ok_or(AccessError))
        })
    }
}

impl<T: 'static> LocalKey<Cell<T>> {
    /// Sets the value. As with std's, one that is not there yet is not made for it.
    pub fn set(&'static self, value: T) {
        if !active() {
            self.real.set(value);
        } else if self.find().is_none() {
            self.begin(Cell::new(value));
        } else {
            self.with(|cell| cell.set(value));
        }
    }

    /// A copy of the value.
    pub fn get(&'static self) -> T
    where
        T: Copy,
    {
        self.with(Cell::get)
    }

    /// Takes the value and leaves the default.
    pub fn take(&'static self) -> T
    where
        T: Default,
    {
        self.with(Cell::take)
    }

    /// Replaces the value and gives the old one.
    pub fn replace(&'static self, value: T) -> T {
        self.with(|cell| cell.replace(value))
    }
}

impl<T: 'static> LocalKey<RefCell<T>> {
    /// Gives `f` the value.
    pub fn with_borrow<F, R>(&'static self, f: F) -> R
    where
        F: FnOnce(&T) -> R,
    {
        self.with(|cell| f(&cell.borrow()))
    }

    /// Gives `f` the value, to change.
    pub fn with_borrow_mut<F, R>(&'static self, f: F) -> R
    where
        F: FnOnce(&mut T) -> R,
    {
        self.with(|cell| f(&mut cell.borrow_mut()))
    }

    /// Sets the value. As with std's, one that is not there yet is not made for it.
    pub fn set(&'static self, value: T) {
        if !active() {
            self.real.set(value);
        } else if self.find().is_none() {
            self.begin(RefCell::new(value));
        } else {
            self.with(|cell| *cell.borrow_mut() = value);
        }
    }

    /// Takes the value and leaves the default.
    pub fn take(&'static self) -> T
    where
        T: Default,
    {
        self.with(RefCell::take)
    }

    /// Replaces the value and gives the old one.
    pub fn replace(&'static self, value: T) -> T {
        self.with(|cell| cell.replace(value))
    }
}

impl<T: 'static> fmt::Debug for LocalKey<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LocalKey").finish_non_exhaustive()
    }
}

/// Destroys the calling thread's values, the last one first. A destructor may use the others, and make new ones; those that
/// have no destructor stay to the end, as std's do.
pub(super) fn destroy() {
    loop {
        let next = with(|execution| {
            let mut locals = execution.thread().locals.iter_mut().rev();
            locals.find_map(|local| local.value.take_if(|_| local.needs_drop))
        });
        match next {
            Some(value) => drop(value),
            None => return,
        }
    }
}
