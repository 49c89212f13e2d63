//! One execution: threads that are coroutines, the objects they share, and the loop that lets a scheduler
//! choose who takes the next step.
//!
//! Before each operation that another thread could notice, a thread says what it is about to do and suspends
//! ([`step::step`]). The loop in [`run`] asks the [`Scheduler`] which of the possible steps is taken. A step is the
//! operation and everything local after it, up to the next operation.

pub(crate) mod access;
pub(crate) mod choice;
pub(crate) mod coroutine;
pub(crate) mod execution;
pub(crate) mod object;
pub(crate) mod panics;
pub(crate) mod run;
pub(crate) mod show;
pub(crate) mod statics;
pub(crate) mod step;
pub(crate) mod thread;
pub(crate) mod trace;

pub use access::{Access, Mode, ObjectId};
pub(crate) use access::{dependent, reversible};
pub(crate) use choice::MAX_THREADS;
pub use choice::{Choice, ThreadId, Way};
pub use execution::Limits;
pub use run::{End, Ending, Pick, Point, Scheduler, Step, run};
pub use trace::{Blocked, Event, Holder, ObjectInfo, Panic, Place, Source, ThreadInfo, Trace};

pub(crate) use choice::Ready;
pub(crate) use execution::{Execution, active, with};
pub(crate) use object::{Object, State};
pub(crate) use step::{Op, epoch, give_up, me, on_its_side, step, step_when, within_reach};

/// A place in source code, as `#[track_caller]` gives it.
pub(crate) type Loc = &'static std::panic::Location<'static>;
