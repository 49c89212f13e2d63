//! What happened in one execution, for those who explain it.

use std::{ops::Range, time::Duration};

use super::{Access, Loc, ObjectId, ThreadId};

/// A place in source code; lines and columns count from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Source {
    /// The file, as the compiler was given it.
    pub file: &'static str,
    /// The line.
    pub line: u32,
    /// The column.
    pub column: u32,
}

impl From<Loc> for Source {
    fn from(location: Loc) -> Self {
        Source {
            file: location.file(),
            line: location.line(),
            column: location.column(),
        }
    }
}

/// One thing that a thread did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// The step it belongs to, from 0: its place in the schedule.
    pub step: usize,
    /// Who did it.
    pub thread: ThreadId,
    /// What: `load`, `lock`, `wait`, `notify_one`, …
    pub op: &'static str,
    /// To what.
    pub object: Option<ObjectId>,
    /// The value that was read, where there is one to show.
    pub read: Option<String>,
    /// The value that was written.
    pub wrote: Option<String>,
    /// Which other threads it concerns: who was spawned, joined, woken.
    pub threads: Vec<ThreadId>,
    /// More, in a word or two: `timed out`, `nobody was waiting`.
    pub note: Option<&'static str>,
    /// Where in the code.
    pub source: Source,
    /// The thread's virtual time.
    pub time: Duration,
}

/// A thread of the execution.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ThreadInfo {
    /// The name it was given, if any.
    pub name: Option<String>,
    /// Who it is under every schedule: the root's second child's first child is `[1, 0]`.
    pub lineage: Vec<u32>,
    /// Where it was spawned; for the root, where the exploration was asked for.
    pub spawned: Source,
    /// Whether it ran to its end.
    pub finished: bool,
    /// When it did declared work: from and to, in units on its logical clock.
    pub busy: Vec<Range<u64>>,
}

/// An object of the execution.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ObjectInfo {
    /// Its type: `Mutex`, `AtomicU32`, `channel`.
    pub kind: &'static str,
    /// Where it was made.
    pub created: Source,
}

/// Who has what a blocked thread wants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holder {
    /// The holder.
    pub thread: ThreadId,
    /// Where it took it.
    pub since: Source,
}

/// A thread that can never go on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Blocked {
    /// The thread.
    pub thread: ThreadId,
    /// What it waits to do.
    pub op: &'static str,
    /// On what.
    pub object: Option<ObjectId>,
    /// Where.
    pub source: Source,
    /// Who holds the object, when somebody does.
    pub holders: Vec<Holder>,
    /// For whose end it waits, when it joins.
    pub joins: Vec<ThreadId>,
    /// What its next step would touch.
    pub(crate) wants: Vec<Access>,
}

/// A panic of a thread.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Panic {
    /// Who panicked.
    pub thread: ThreadId,
    /// With which message.
    pub message: String,
    /// Where; unknown for a payload that was passed on with `resume_unwind`.
    pub source: Option<Place>,
}

/// A place whose file name is not static.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The file.
    pub file: String,
    /// The line, from 1.
    pub line: u32,
    /// The column, from 1.
    pub column: u32,
}

/// Everything that happened in one execution.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trace {
    /// In the order in which it happened.
    pub events: Vec<Event>,
    /// By [`ThreadId::index`].
    pub threads: Vec<ThreadInfo>,
    /// By the number in [`ObjectId`].
    pub objects: Vec<ObjectInfo>,
}
