//! `std::sync::atomic`. Every ordering runs as `SeqCst`; that a weaker one was asked for is noted.

pub use std::sync::atomic::Ordering;
use std::{fmt, panic::Location};

use crate::{
    engine::{
        Loc, Mode, Object, ObjectId, Op, Ready, State, Way, active, me, object::Region, step, step_when, with,
    },
    faults::{Fault, planted},
};

/// [`std::sync::atomic::fence`]. With every operation sequentially consistent it has nothing left to do.
pub fn fence(order: Ordering) {
    std::sync::atomic::fence(order);
}

/// [`std::sync::atomic::compiler_fence`].
pub fn compiler_fence(order: Ordering) {
    std::sync::atomic::compiler_fence(order);
}

/// [`std::sync::atomic::spin_loop_hint`].
#[deprecated = "use hint::spin_loop instead"]
#[track_caller]
pub fn spin_loop_hint() {
    crate::hint::spin_loop();
}

macro_rules! initial {
    ($($name:ident $of:ident $value:expr),*) => { $(
        #[doc = concat!("[`std::sync::atomic::", stringify!($name), "`].")]
        #[deprecated = "the `new` function is now preferred"]
        #[expect(clippy::declare_interior_mutable_const, reason = "std has it, so the facade has it")]
        pub const $name: $of = $of::new($value);
    )* };
}

initial!(ATOMIC_BOOL_INIT AtomicBool false, ATOMIC_ISIZE_INIT AtomicIsize 0, ATOMIC_USIZE_INIT AtomicUsize 0);

/// What all atomics do, in an exploration. `show` gives a value's text.
struct Access<'a> {
    object: &'a Object,
    kind: &'static str,
    whole: Region,
    location: Loc,
}

impl Access<'_> {
    fn id(&self) -> ObjectId {
        self.object.id(self.kind, self.whole, || State::Value)
    }

    /// A load.
    fn read<V>(&self, order: Ordering, load: impl FnOnce() -> V, show: impl FnOnce(&V) -> String) -> V {
        let id = self.id();
        step("load", Some(id), self.location);
        let value = load();
        with(|execution| {
            execution.weak_orderings |= order != Ordering::SeqCst;
            if !planted(Fault::LoadsCommute) {
                execution.touch(id, Mode::Read);
            }
            execution.observe(Some(id), self.location);
            if let Some(event) = execution.record("load", Some(id), self.location) {
                event.read = Some(show(&value));
            }
        });
        value
    }

    /// A store, or a read and a write in one. `change` gives the values before and after.
    fn write<V: PartialEq>(
        &self,
        name: &'static str,
        order: Ordering,
        change: impl FnOnce() -> (V, V),
        show: impl Fn(&V) -> String,
    ) -> V {
        let id = self.id();
        step(name, Some(id), self.location);
        let (before, after) = change();
        with(|execution| {
            execution.weak_orderings |= order != Ordering::SeqCst;
            execution.touch(id, Mode::Write);
            if before == after {
                execution.observe(Some(id), self.location);
            } else {
                execution.progress(id);
            }
            if let Some(event) = execution.record(name, Some(id), self.location) {
                event.read = Some(show(&before));
                event.wrote = Some(show(&after));
            }
        });
        before
    }

    /// A compare-and-exchange; a weak one may fail for no reason.
    fn exchange<V: PartialEq + Copy>(
        &self,
        weak: bool,
        order: Ordering,
        new: V,
        load: impl FnOnce() -> V,
        exchange: impl FnOnce() -> Result<V, V>,
        show: impl Fn(&V) -> String,
    ) -> Result<V, V> {
        let name = if weak {
            "compare_exchange_weak"
        } else {
            "compare_exchange"
        };
        let id = self.id();
        let op = Op {
            name,
            object: Some(id),
            location: self.location,
            wants: &[],
            joins: &[],
            limit: None,
        };
        let me = me();
        with(|execution| execution.may_wake_spuriously |= weak);
        let way = step_when(&op, &|execution| Ready {
            spurious: weak && execution.threads[me.index()].spurious_left > 0,
            ..Ready::when(true)
        });
        let result = if way == Way::Spurious {
            Err(load())
        } else {
            exchange()
        };
        with(|execution| {
            execution.weak_orderings |= order != Ordering::SeqCst;
            if way == Way::Spurious {
                execution.thread().spurious_left -= 1;
            }
            execution.touch(id, if result.is_ok() { Mode::Write } else { Mode::Read });
            if result.is_ok_and(|old| old != new) {
                execution.progress(id);
            } else {
                execution.observe(Some(id), self.location);
            }
            if let Some(event) = execution.record(name, Some(id), self.location) {
                match &result {
                    Ok(old) => {
                        event.read = Some(show(old));
                        event.wrote = Some(show(&new));
                    }
                    Err(found) => {
                        event.read = Some(show(found));
                        event.note = Some("fails");
                    }
                }
            }
        });
        result
    }
}

macro_rules! atomic {
    ($(#[$attr:meta])* $name:ident $([$t:ident])?, $value:ty, $show:expr) => {
        $(#[$attr])*
        pub struct $name $(<$t>)? {
            object: Object,
            real: std::sync::atomic::$name $(<$t>)?,
        }

        impl $(<$t>)? $name $(<$t>)? {
            /// An atomic with this value.
            #[track_caller]
            pub const fn new(value: $value) -> Self {
                Self { object: Object::new(Location::caller()), real: std::sync::atomic::$name::new(value) }
            }

            fn access(&self, location: Loc) -> Access<'_> {
                Access { object: &self.object, kind: stringify!($name), whole: Region::of(self), location }
            }

            /// The value, to change: there is no other reference.
            pub fn get_mut(&mut self) -> &mut $value {
                self.real.get_mut()
            }

            /// The value.
            pub const fn into_inner(self) -> $value {
                self.real.into_inner()
            }

            /// A pointer to the value.
            pub const fn as_ptr(&self) -> *mut $value {
                self.real.as_ptr()
            }

            /// Reads the value.
            #[track_caller]
            pub fn load(&self, order: Ordering) -> $value {
                if !active() { return self.real.load(order); }
                self.access(Location::caller()).read(order, || self.real.load(order), $show)
            }

            /// Writes the value.
            #[track_caller]
            pub fn store(&self, value: $value, order: Ordering) {
                if !active() { return self.real.store(value, order); }
                self.access(Location::caller()).write("store", order, || {
                    let before = self.real.load(Ordering::Relaxed);
                    self.real.store(value, order);
                    (before, value)
                }, $show);
            }

            /// Writes the value and gives the old one.
            #[track_caller]
            pub fn swap(&self, value: $value, order: Ordering) -> $value {
                self.update_at("swap", order, Location::caller(), |real| real.swap(value, order))
            }

            /// Writes `new` if the value is `current`; gives the old value.
            #[deprecated = "use `compare_exchange` or `compare_exchange_weak` instead"]
            #[track_caller]
            pub fn compare_and_swap(&self, current: $value, new: $value, order: Ordering) -> $value {
                let failure = match order {
                    Ordering::Release | Ordering::Relaxed => Ordering::Relaxed,
                    Ordering::Acquire | Ordering::AcqRel => Ordering::Acquire,
                    _ => Ordering::SeqCst,
                };
                self.compare_exchange(current, new, order, failure).unwrap_or_else(|found| found)
            }

            /// Writes `new` if the value is `current`.
            ///
            /// # Errors
            ///
            /// The value, when it is another one.
            #[track_caller]
            pub fn compare_exchange(
                &self, current: $value, new: $value, success: Ordering, failure: Ordering,
            ) -> Result<$value, $value> {
                if !active() { return self.real.compare_exchange(current, new, success, failure); }
                self.access(Location::caller()).exchange(
                    false, success, new, || self.real.load(Ordering::Relaxed),
                    || self.real.compare_exchange(current, new, success, failure), $show,
                )
            }

            /// As [`compare_exchange`](Self::compare_exchange), which may also fail for no reason.
            ///
            /// # Errors
            ///
            /// The value, when it was not written.
            #[track_caller]
            pub fn compare_exchange_weak(
                &self, current: $value, new: $value, success: Ordering, failure: Ordering,
            ) -> Result<$value, $value> {
                if !active() { return self.real.compare_exchange_weak(current, new, success, failure); }
                self.access(Location::caller()).exchange(
                    true, success, new, || self.real.load(Ordering::Relaxed),
                    // The strong one: whether it fails for no reason is the scheduler's choice.
                    || self.real.compare_exchange(current, new, success, failure), $show,
                )
            }

            /// Changes the value by `f`, as often as others come in between; gives the old value.
            ///
            /// # Errors
            ///
            /// The value, when `f` gives none.
            #[track_caller]
            pub fn fetch_update<F>(
                &self, set_order: Ordering, fetch_order: Ordering, mut f: F,
            ) -> Result<$value, $value>
            where
                F: FnMut($value) -> Option<$value>,
            {
                let mut seen = self.load(fetch_order);
                while let Some(next) = f(seen) {
                    match self.compare_exchange_weak(seen, next, set_order, fetch_order) {
                        done @ Ok(_) => return done,
                        Err(found) => seen = found,
                    }
                }
                Err(seen)
            }

            /// As [`fetch_update`](Self::fetch_update).
            ///
            /// # Errors
            ///
            /// The value, when `f` gives none.
            #[track_caller]
            pub fn try_update(
                &self, set_order: Ordering, fetch_order: Ordering, f: impl FnMut($value) -> Option<$value>,
            ) -> Result<$value, $value> {
                self.fetch_update(set_order, fetch_order, f)
            }

            /// Changes the value by `f`, as often as others come in between; gives the old value.
            #[track_caller]
            pub fn update(
                &self, set_order: Ordering, fetch_order: Ordering, mut f: impl FnMut($value) -> $value,
            ) -> $value {
                self.fetch_update(set_order, fetch_order, |value| Some(f(value))).unwrap_or_else(|value| value)
            }

            /// A read and a write in one.
            fn update_at(
                &self, name: &'static str, order: Ordering, location: Loc,
                change: impl FnOnce(&std::sync::atomic::$name $(<$t>)?) -> $value,
            ) -> $value {
                if !active() { return change(&self.real); }
                self.access(location).write(name, order, || {
                    let before = change(&self.real);
                    (before, self.real.load(Ordering::Relaxed))
                }, $show)
            }
        }

        impl $(<$t>)? fmt::Debug for $name $(<$t>)? {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.load(Ordering::Relaxed).fmt(f)
            }
        }

        impl $(<$t>)? From<$value> for $name $(<$t>)? {
            #[track_caller]
            fn from(value: $value) -> Self {
                Self::new(value)
            }
        }

        impl $(<$t>)? std::panic::RefUnwindSafe for $name $(<$t>)? {}
    };
}

/// Operations that give the old value.
macro_rules! fetches {
    ($($method:ident $argument:ty => $value:ty),* $(,)?) => { $(
        #[doc = concat!("See the standard library's `", stringify!($method), "`.")]
        #[track_caller]
        pub fn $method(&self, value: $argument, order: Ordering) -> $value {
            self.update_at(stringify!($method), order, Location::caller(), |real| real.$method(value, order))
        }
    )* };
}

macro_rules! integers {
    ($($name:ident $value:ty),* $(,)?) => { $(
        atomic!(#[doc = concat!("[`std::sync::atomic::", stringify!($name), "`].")] $name, $value, |value| value.to_string());

        impl $name {
            fetches!(
                fetch_add $value => $value, fetch_sub $value => $value, fetch_and $value => $value,
                fetch_nand $value => $value, fetch_or $value => $value, fetch_xor $value => $value,
                fetch_max $value => $value, fetch_min $value => $value,
            );
        }

        impl Default for $name {
            #[track_caller]
            fn default() -> Self {
                Self::new(0)
            }
        }
    )* };
}

integers!(
    AtomicI8 i8, AtomicI16 i16, AtomicI32 i32, AtomicI64 i64, AtomicIsize isize,
    AtomicU8 u8, AtomicU16 u16, AtomicU32 u32, AtomicU64 u64, AtomicUsize usize,
);

atomic!(
    /// [`std::sync::atomic::AtomicBool`].
    AtomicBool, bool, |value| value.to_string()
);

impl AtomicBool {
    fetches!(fetch_and bool => bool, fetch_nand bool => bool, fetch_or bool => bool, fetch_xor bool => bool);

    /// Negates the value and gives the old one.
    #[track_caller]
    pub fn fetch_not(&self, order: Ordering) -> bool {
        self.update_at("fetch_not", order, Location::caller(), |real| {
            real.fetch_not(order)
        })
    }
}

impl Default for AtomicBool {
    #[track_caller]
    fn default() -> Self {
        Self::new(false)
    }
}

/// Addresses differ from run to run, so a trace only says whether there is one.
fn show_pointer<T>(pointer: &*mut T) -> String {
    if pointer.is_null() { "null" } else { "a pointer" }.to_owned()
}

atomic!(
    /// [`std::sync::atomic::AtomicPtr`].
    AtomicPtr[T], *mut T, show_pointer
);

impl<T> AtomicPtr<T> {
    fetches!(
        fetch_ptr_add usize => *mut T, fetch_ptr_sub usize => *mut T, fetch_byte_add usize => *mut T,
        fetch_byte_sub usize => *mut T, fetch_and usize => *mut T, fetch_or usize => *mut T, fetch_xor usize => *mut T,
    );
}

impl<T> Default for AtomicPtr<T> {
    #[track_caller]
    fn default() -> Self {
        Self::new(std::ptr::null_mut())
    }
}

impl<T> fmt::Pointer for AtomicPtr<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Pointer::fmt(&self.load(Ordering::Relaxed), f)
    }
}
