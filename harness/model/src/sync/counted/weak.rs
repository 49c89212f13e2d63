//! `Weak`.

use std::{fmt, panic::Location, sync};

use super::{Arc, Count};
use crate::engine::{Loc, step};

/// [`std::sync::Weak`], with counts that the model sees.
// The count first: fields are dropped in this order.
pub struct Weak<T: ?Sized> {
    hold: Hold,
    real: sync::Weak<T>,
}

/// The part of a [`Weak`] that counts. It is dropped before the reference itself, in the same step.
struct Hold {
    count: Option<Count>,
    made: Loc,
}

impl<T> Weak<T> {
    /// A reference to nothing.
    #[track_caller]
    pub const fn new() -> Self {
        Weak {
            hold: Hold {
                count: None,
                made: Location::caller(),
            },
            real: sync::Weak::new(),
        }
    }
}

impl<T: ?Sized> Weak<T> {
    pub(super) fn made(real: sync::Weak<T>, count: Option<Count>, made: Loc) -> Self {
        Weak {
            hold: Hold { count, made },
            real,
        }
    }

    /// The value, if there is still an [`Arc`] of it.
    #[track_caller]
    pub fn upgrade(&self) -> Option<Arc<T>> {
        let location = Location::caller();
        self.choose("upgrade", location);
        let upgraded = self.real.upgrade();
        if let Some(count) = &self.hold.count {
            match &upgraded {
                Some(_) => count.decide("upgrade", location, None),
                None => count.look("upgrade", location, || "gone".to_owned()),
            }
        }
        Some(Arc::more(upgraded?, self.hold.count.clone(), location))
    }

    /// How many [`Arc`]s there are.
    #[track_caller]
    pub fn strong_count(&self) -> usize {
        self.count("strong_count", Location::caller(), sync::Weak::strong_count)
    }

    /// How many [`Weak`] references there are; 0 without an [`Arc`].
    #[track_caller]
    pub fn weak_count(&self) -> usize {
        self.count("weak_count", Location::caller(), sync::Weak::weak_count)
    }

    /// Whether both refer to the same value.
    pub fn ptr_eq(&self, other: &Self) -> bool {
        self.real.ptr_eq(&other.real)
    }

    /// A pointer to the value, which may be gone.
    pub fn as_ptr(&self) -> *const T {
        self.real.as_ptr()
    }

    fn choose(&self, name: &'static str, location: Loc) {
        if let Some(count) = &self.hold.count {
            count.choose(name, location);
        }
    }

    fn count(&self, name: &'static str, location: Loc, of: fn(&sync::Weak<T>) -> usize) -> usize {
        self.choose(name, location);
        let seen = of(&self.real);
        if let Some(count) = &self.hold.count {
            count.look(name, location, || seen.to_string());
        }
        seen
    }
}

impl Drop for Hold {
    fn drop(&mut self) {
        if let Some(count) = self.count.take().filter(Count::is_ours) {
            step("drop", Some(count.references), self.made);
            count.shrink();
        }
    }
}

impl<T: ?Sized> Clone for Weak<T> {
    #[track_caller]
    fn clone(&self) -> Self {
        let location = Location::caller();
        self.choose("clone", location);
        if let Some(count) = &self.hold.count {
            count.grow();
        }
        Weak::made(self.real.clone(), self.hold.count.clone(), location)
    }
}

impl<T> Default for Weak<T> {
    #[track_caller]
    fn default() -> Self {
        Weak::new()
    }
}

impl<T: ?Sized> fmt::Debug for Weak<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.real.fmt(f)
    }
}
