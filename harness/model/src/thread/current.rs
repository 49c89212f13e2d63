//! Who a thread is.

use std::{fmt, io, num::NonZero, panic::Location, sync::Arc};

use crate::engine::{self, Mode, active, epoch, on_its_side, step, with};

/// [`std::thread::ThreadId`].
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct ThreadId(Id);

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Id {
    Real(std::thread::ThreadId),
    Model(engine::ThreadId),
}

impl fmt::Debug for ThreadId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Id::Real(real) => real.fmt(f),
            Id::Model(model) => f.debug_tuple("ThreadId").field(&(model.0 + 1)).finish(),
        }
    }
}

/// [`std::thread::Thread`]: a handle to a thread.
#[derive(Clone)]
pub struct Thread(Handle);

#[derive(Clone)]
enum Handle {
    Real(std::thread::Thread),
    Model {
        id: engine::ThreadId,
        epoch: Option<u32>,
        name: Option<Arc<str>>,
    },
}

impl Thread {
    pub(super) fn real(real: std::thread::Thread) -> Self {
        Thread(Handle::Real(real))
    }

    pub(super) fn model(id: engine::ThreadId) -> Self {
        let name = with(|execution| execution.threads[id.index()].name.clone());
        Thread(Handle::Model {
            id,
            epoch: epoch(),
            name,
        })
    }

    /// The execution that it belongs to.
    pub(super) fn epoch(&self) -> Option<u32> {
        match &self.0 {
            Handle::Real(_) => None,
            Handle::Model { epoch, .. } => *epoch,
        }
    }

    /// What tells it from every other thread.
    pub fn id(&self) -> ThreadId {
        ThreadId(match &self.0 {
            Handle::Real(real) => Id::Real(real.id()),
            Handle::Model { id, .. } => Id::Model(*id),
        })
    }

    /// The name it was given, if any.
    pub fn name(&self) -> Option<&str> {
        match &self.0 {
            Handle::Real(real) => real.name(),
            Handle::Model { name, .. } => name.as_deref(),
        }
    }

    /// Lets the thread's next [`park`](super::park), or the one it is in, return.
    #[track_caller]
    pub fn unpark(&self) {
        let id = match &self.0 {
            Handle::Real(real) => return real.unpark(),
            Handle::Model { id, epoch, .. } => {
                on_its_side("thread", *epoch);
                *id
            }
        };
        let location = Location::caller();
        let parking = with(|execution| execution.threads[id.index()].parking);
        step("unpark", Some(parking), location);
        with(|execution| {
            let had = std::mem::replace(&mut execution.threads[id.index()].token, true);
            if had {
                execution.touch(parking, Mode::Read);
                execution.observe(Some(parking), location);
            } else {
                execution.touch(parking, Mode::Release);
                execution.progress(parking);
            }
            if let Some(event) = execution.record("unpark", Some(parking), location) {
                event.threads = vec![id];
            }
        });
    }
}

impl fmt::Debug for Thread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Thread")
            .field("id", &self.id())
            .field("name", &self.name())
            .finish_non_exhaustive()
    }
}

/// [`std::thread::current`].
pub fn current() -> Thread {
    if active() {
        with(|execution| execution.deeds += 1);
        Thread::model(engine::me())
    } else {
        Thread::real(std::thread::current())
    }
}

/// [`std::thread::panicking`].
pub fn panicking() -> bool {
    if active() {
        engine::panics::unwinding()
    } else {
        std::thread::panicking()
    }
}

/// How many processors a scenario is told of: verdicts do not depend on the machine.
const PROCESSORS: NonZero<usize> = NonZero::new(4).expect("not zero");

/// [`std::thread::available_parallelism`]; in an exploration it is always 4.
///
/// # Errors
///
/// When the system does not say.
pub fn available_parallelism() -> io::Result<NonZero<usize>> {
    if active() {
        Ok(PROCESSORS)
    } else {
        std::thread::available_parallelism()
    }
}
