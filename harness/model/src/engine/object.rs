//! Objects that threads share, and what the scheduler knows of their state.
//!
//! An object is made by a `const fn`, so it cannot register itself: it gets its number at its first use in an
//! execution. The number is remembered in the object together with the execution's epoch; an object with an
//! older epoch has outlived its execution, which is an error (see [`super::statics`] for those that may).

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

use super::{Loc, ObjectId, ThreadId};
use crate::Error;

/// The identity of a primitive, kept inside it.
#[derive(Debug)]
pub(crate) struct Object {
    /// Epoch in the upper half, number plus one in the lower; 0 before the first use.
    stamp: AtomicU64,
    created: Loc,
}

/// The state of an object in one execution.
#[derive(Debug)]
pub(crate) enum State {
    /// Nothing that a thread could wait for: the value is all there is.
    Value,
    Mutex(Mutex),
    RwLock(RwLock),
    Condvar(Condvar),
    Barrier(Barrier),
    Once(Once),
}

/// A thread that has something, and where it took it.
pub(crate) type Held = (ThreadId, Loc);

#[derive(Debug, Default)]
pub(crate) struct Mutex {
    pub(crate) holder: Option<Held>,
    pub(crate) poisoned: bool,
}

#[derive(Debug, Default)]
pub(crate) struct RwLock {
    pub(crate) writer: Option<Held>,
    pub(crate) readers: Vec<Held>,
    /// Writers that have begun to wait: new readers queue behind them.
    pub(crate) queued: u32,
    pub(crate) poisoned: bool,
}

#[derive(Debug, Default)]
pub(crate) struct Condvar {
    /// Who waits and has not been woken.
    pub(crate) waiters: Vec<ThreadId>,
}

#[derive(Debug, Default)]
pub(crate) struct Barrier {
    pub(crate) arrived: usize,
    pub(crate) generation: usize,
    /// What those who wait now pass through, once the last has arrived.
    pub(crate) gate: Option<ObjectId>,
}

#[derive(Debug, Default)]
pub(crate) enum Once {
    #[default]
    New,
    Running(Held),
    Poisoned,
    Done,
}

macro_rules! states {
    ($($get:ident $get_mut:ident $name:ident),*) => { impl State { $(
        pub(crate) fn $get(&self) -> &$name {
            match self {
                State::$name(state) => state,
                other => unreachable!("an object keeps its type, yet this is {other:?}"),
            }
        }
        pub(crate) fn $get_mut(&mut self) -> &mut $name {
            match self {
                State::$name(state) => state,
                other => unreachable!("an object keeps its type, yet this is {other:?}"),
            }
        }
    )* } };
}

states!(mutex mutex_mut Mutex, rwlock rwlock_mut RwLock, condvar condvar_mut Condvar, barrier barrier_mut Barrier, once once_mut Once);

/// What an execution keeps per object.
pub(crate) struct Entry {
    pub(crate) kind: &'static str,
    pub(crate) created: Loc,
    pub(crate) state: State,
    /// Counts changes, so that a thread that looks again and sees nothing new is known to spin.
    pub(crate) version: u32,
    pub(crate) clock: super::execution::ObjectClock,
}

/// The bytes of a primitive.
#[derive(Clone, Copy)]
pub(crate) struct Region {
    pub(crate) start: *mut u8,
    pub(crate) len: usize,
}

impl Region {
    /// The bytes of `whole`.
    pub(crate) fn of<T: ?Sized>(whole: &T) -> Region {
        Region {
            start: std::ptr::from_ref(whole).cast::<u8>().cast_mut(),
            len: size_of_val(whole),
        }
    }
}

impl Object {
    pub(crate) const fn new(created: Loc) -> Self {
        Object {
            stamp: AtomicU64::new(0),
            created,
        }
    }

    pub(crate) fn created(&self) -> Loc {
        self.created
    }

    /// The number of this object in the running execution; `whole` are the bytes of the primitive that it
    /// is a part of, `fresh` its state at the first use.
    pub(crate) fn id(&self, kind: &'static str, whole: Region, fresh: impl FnOnce() -> State) -> ObjectId {
        let outcome = super::with(|execution| {
            let ours = |stamp: u64| (stamp >> 32) as u32 == execution.epoch && stamp as u32 != 0;
            let stamp = self.stamp.load(Relaxed);
            if ours(stamp) {
                return Ok(ObjectId(stamp as u32 - 1));
            }
            execution.statics.take_turn(whole);
            let stamp = self.stamp.load(Relaxed);
            if stamp != 0 {
                return Err(Error::Outlived {
                    kind,
                    created: self.created.into(),
                });
            }
            execution.statics.save_if_static(whole);
            let id = execution.add_object(kind, self.created, fresh());
            self.stamp
                .store(u64::from(execution.epoch) << 32 | u64::from(id.0 + 1), Relaxed);
            Ok(id)
        });
        outcome.unwrap_or_else(|error| super::step::give_up(error))
    }

    /// The number of this object, if the running execution has seen it.
    pub(crate) fn known(&self) -> Option<ObjectId> {
        if !super::active() {
            return None;
        }
        super::with(|execution| {
            let stamp = self.stamp.load(Relaxed);
            let number = stamp as u32;
            ((stamp >> 32) as u32 == execution.epoch && number != 0).then(|| ObjectId(number - 1))
        })
    }
}
