//! `Arc`.

use std::{fmt, ops::Deref, panic::Location, pin::Pin, sync};

use super::{Count, Strong, Weak};
use crate::engine::Loc;

/// [`std::sync::Arc`], with counts that the model sees.
// The count first: fields are dropped in this order.
pub struct Arc<T: ?Sized> {
    strong: Strong,
    pub(super) real: sync::Arc<T>,
}

impl<T> Arc<T> {
    /// Shares `value`.
    #[track_caller]
    pub fn new(value: T) -> Self {
        Arc::made(sync::Arc::new(value), Location::caller())
    }

    /// Shares a value that holds a [`Weak`] reference to itself.
    #[track_caller]
    pub fn new_cyclic<F: FnOnce(&Weak<T>) -> T>(make: F) -> Self {
        let location = Location::caller();
        let count = Count::new(std::mem::needs_drop::<T>(), location);
        let real = sync::Arc::new_cyclic(|real| make(&Weak::made(real.clone(), count.clone(), location)));
        Arc {
            strong: Strong::new(count, location),
            real,
        }
    }

    /// Shares `value`, pinned.
    #[track_caller]
    pub fn pin(value: T) -> Pin<Self> {
        // SAFETY: the value lies where a real `Arc` has put it, and stays there.
        unsafe { Pin::new_unchecked(Arc::new(value)) }
    }

    /// The value, if this is the only [`Arc`].
    ///
    /// # Errors
    ///
    /// The same `Arc`, when there are others.
    #[track_caller]
    pub fn try_unwrap(this: Self) -> Result<T, Self> {
        let location = Location::caller();
        this.choose("try_unwrap", location);
        let Arc { strong, real } = this;
        match sync::Arc::try_unwrap(real) {
            Ok(value) => {
                strong.decide("try_unwrap", location, Some("the only one"));
                strong.end();
                Ok(value)
            }
            Err(real) => {
                strong.look("try_unwrap", location, sync::Arc::strong_count(&real));
                Err(Arc { strong, real })
            }
        }
    }

    /// The value, if this is the last [`Arc`]; it is gone in any case.
    #[track_caller]
    pub fn into_inner(this: Self) -> Option<T> {
        let location = Location::caller();
        this.choose("into_inner", location);
        let is_last = sync::Arc::strong_count(&this.real) == 1;
        let Arc { strong, real } = this;
        strong.decide("into_inner", location, is_last.then_some("the last one"));
        strong.end();
        sync::Arc::into_inner(real)
    }
}

impl<T: ?Sized> Arc<T> {
    /// A reference of its own to what `real` was just made for.
    pub(super) fn made(real: sync::Arc<T>, location: Loc) -> Self {
        let count = Count::new(drops(&*real), location);
        Arc {
            strong: Strong::new(count, location),
            real,
        }
    }

    /// A reference more, of the same count.
    pub(super) fn more(real: sync::Arc<T>, count: Option<Count>, location: Loc) -> Self {
        Arc {
            strong: Strong::new(count, location),
            real,
        }
    }

    /// The real one alone, and the count that it had.
    pub(super) fn into_real(self) -> (sync::Arc<T>, Option<Count>) {
        let count = self.strong.count.clone();
        self.strong.end();
        (self.real, count)
    }

    fn choose(&self, name: &'static str, location: Loc) {
        if let Some(count) = &self.strong.count {
            count.choose(name, location);
        }
    }

    /// A reference that does not keep the value.
    #[track_caller]
    pub fn downgrade(this: &Self) -> Weak<T> {
        let location = Location::caller();
        this.choose("downgrade", location);
        if let Some(count) = &this.strong.count {
            count.grow();
        }
        Weak::made(
            sync::Arc::downgrade(&this.real),
            this.strong.count.clone(),
            location,
        )
    }

    /// How many [`Weak`] references there are.
    #[track_caller]
    pub fn weak_count(this: &Self) -> usize {
        let location = Location::caller();
        this.choose("weak_count", location);
        let count = sync::Arc::weak_count(&this.real);
        this.strong.look("weak_count", location, count);
        count
    }

    /// How many [`Arc`]s there are.
    #[track_caller]
    pub fn strong_count(this: &Self) -> usize {
        let location = Location::caller();
        this.choose("strong_count", location);
        let count = sync::Arc::strong_count(&this.real);
        this.strong.look("strong_count", location, count);
        count
    }

    /// Whether both share the same value.
    pub fn ptr_eq(this: &Self, other: &Self) -> bool {
        sync::Arc::ptr_eq(&this.real, &other.real)
    }

    /// A pointer to the value.
    pub fn as_ptr(this: &Self) -> *const T {
        sync::Arc::as_ptr(&this.real)
    }

    /// The value, to change, if nobody shares it.
    #[track_caller]
    pub fn get_mut(this: &mut Self) -> Option<&mut T> {
        let location = Location::caller();
        this.choose("get_mut", location);
        let count = sync::Arc::strong_count(&this.real);
        this.strong.look("get_mut", location, count);
        sync::Arc::get_mut(&mut this.real)
    }
}

impl<T: Clone> Arc<T> {
    /// The value, to change: a copy of its own if others share it.
    #[track_caller]
    pub fn make_mut(this: &mut Self) -> &mut T {
        let location = Location::caller();
        this.choose("make_mut", location);
        let strong = sync::Arc::strong_count(&this.real);
        if strong > 1 {
            this.strong.look("make_mut", location, strong);
            // The copy is made by code that is not ours, and others may let go meanwhile.
            *this = Arc::made(sync::Arc::new((**this).clone()), location);
        } else if sync::Arc::weak_count(&this.real) > 0 {
            // The value moves away from its weak references.
            this.strong.decide("make_mut", location, Some("the only one"));
            let count = Count::new(std::mem::needs_drop::<T>(), location);
            std::mem::replace(&mut this.strong, Strong::new(count, location)).end();
        } else {
            this.strong.look("make_mut", location, strong);
        }
        sync::Arc::make_mut(&mut this.real)
    }

    /// The value if this is the last [`Arc`], and a copy of it otherwise.
    #[track_caller]
    pub fn unwrap_or_clone(this: Self) -> T {
        Arc::try_unwrap(this).unwrap_or_else(|shared| (*shared).clone())
    }
}

/// Whether the end of a value is more than that of its bytes.
fn drops<T: ?Sized>(_: &T) -> bool {
    std::mem::needs_drop::<T>()
}

impl Strong {
    fn look(&self, name: &'static str, location: Loc, seen: usize) {
        if let Some(count) = &self.count {
            count.look(name, location, || seen.to_string());
        }
    }

    fn decide(&self, name: &'static str, location: Loc, note: Option<&'static str>) {
        if let Some(count) = &self.count {
            count.decide(name, location, note);
        }
    }
}

impl<T: ?Sized> Clone for Arc<T> {
    #[track_caller]
    fn clone(&self) -> Self {
        let location = Location::caller();
        self.choose("clone", location);
        if let Some(count) = &self.strong.count {
            count.grow();
        }
        Arc::more(sync::Arc::clone(&self.real), self.strong.count.clone(), location)
    }
}

impl<T: ?Sized> Deref for Arc<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.real
    }
}

impl<T: ?Sized> AsRef<T> for Arc<T> {
    fn as_ref(&self) -> &T {
        self
    }
}

impl<T: ?Sized> std::borrow::Borrow<T> for Arc<T> {
    fn borrow(&self) -> &T {
        self
    }
}

impl<T: ?Sized + fmt::Debug> fmt::Debug for Arc<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

impl<T: ?Sized + fmt::Display> fmt::Display for Arc<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

impl<T: ?Sized> fmt::Pointer for Arc<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.real.fmt(f)
    }
}

impl<T: ?Sized + PartialEq> PartialEq for Arc<T> {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl<T: ?Sized + Eq> Eq for Arc<T> {}

impl<T: ?Sized + PartialOrd> PartialOrd for Arc<T> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        (**self).partial_cmp(&**other)
    }
}

impl<T: ?Sized + Ord> Ord for Arc<T> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        (**self).cmp(&**other)
    }
}

impl<T: ?Sized + std::hash::Hash> std::hash::Hash for Arc<T> {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        (**self).hash(state);
    }
}

impl<T: ?Sized + std::error::Error> std::error::Error for Arc<T> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        (**self).source()
    }
}
