//! What an exploration of schedules finds: how sure a pass is, or what happened under the schedule that fails.

use serde::{Deserialize, Serialize};

use crate::Location;

/// The most steps that a trace carries; what lies before the last of them is counted in [`Trace::left_out`].
pub const STEPS_CAP: usize = 1000;

/// How sure a pass is. Each count is of executions, so it is the same on every machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Proof {
    /// All sequentially consistent interleavings of the scenario, up to the order of steps that commute.
    Exhausted {
        /// Executions that it took.
        executions: u64,
        /// Whether spurious awakenings are among them (or cannot happen in the scenario).
        spurious: bool,
        /// Whether the submission asks for orderings weaker than `SeqCst`, which the proof says nothing about.
        weak_orderings: bool,
    },
    /// All interleavings with at most this many preemptions, and samples of the others.
    Bounded {
        /// The bound.
        preemptions: u32,
        /// Executions that it took.
        executions: u64,
        /// As for `exhausted`.
        weak_orderings: bool,
    },
    /// All orders in which the tasks of an event loop can go on between their `.await`s.
    Orders {
        /// Executions that it took.
        executions: u64,
    },
    /// All such orders in which at most so often one task goes before another that was woken earlier, and samples of the others.
    Delayed {
        /// The bound.
        delays: u32,
        /// Executions that it took.
        executions: u64,
    },
    /// Samples only.
    Sampled {
        /// Executions that it took.
        executions: u64,
        /// As for `exhausted`.
        weak_orderings: bool,
    },
}

impl Proof {
    /// The same executions, taken as samples: for when something that was not explored may make a difference.
    pub const fn as_samples(&self) -> Proof {
        match *self {
            Proof::Exhausted {
                executions,
                weak_orderings,
                ..
            }
            | Proof::Bounded {
                executions,
                weak_orderings,
                ..
            }
            | Proof::Sampled {
                executions,
                weak_orderings,
            } => Proof::Sampled {
                executions,
                weak_orderings,
            },
            Proof::Orders { executions } | Proof::Delayed { executions, .. } => Proof::Sampled {
                executions,
                weak_orderings: false,
            },
        }
    }

    /// Executions that it took.
    pub const fn executions(&self) -> u64 {
        match self {
            Proof::Exhausted { executions, .. }
            | Proof::Bounded { executions, .. }
            | Proof::Orders { executions }
            | Proof::Delayed { executions, .. }
            | Proof::Sampled { executions, .. } => *executions,
        }
    }
}

/// What happened under one schedule that fails.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trace {
    /// The number of the execution that failed first, from 1; `None` for the one schedule of the ideal machine,
    /// for which nobody searched.
    pub found_at: Option<u64>,
    /// How often a thread that could go on was interrupted.
    pub preemptions: u32,
    /// Whether some schedules pass.
    pub some_pass: bool,
    /// The threads; thread 0 is the test's own.
    pub threads: Vec<Thread>,
    /// The objects that the threads share.
    pub objects: Vec<Object>,
    /// What happened, in order.
    pub steps: Vec<Step>,
    /// Steps before these that are not carried.
    pub left_out: usize,
    /// The threads that can never go on.
    pub blocked: Vec<Blocked>,
    /// The choices of the scheduler, in order: the thread that took each step, or another choice's number.
    pub schedule: Vec<u32>,
}

/// A thread of a trace.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Thread {
    /// The name it was given, if any.
    pub name: Option<String>,
    /// Where it was spawned; for thread 0, where the scenario begins.
    pub spawned: Location,
    /// Whether it ran to its end.
    pub finished: bool,
}

/// Something that threads share.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Object {
    /// Its type: `Mutex`, `AtomicU32`, `channel`.
    pub kind: String,
    /// The name of the variable or field that it was made for, where the source tells.
    pub name: Option<String>,
    /// Where it was made.
    pub created: Location,
}

/// One thing that a thread did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// Who did it: an index into [`Trace::threads`].
    pub thread: u32,
    /// What: `load`, `lock`, `wait`, `notify_one`.
    pub op: String,
    /// To what: an index into [`Trace::objects`].
    pub object: Option<u32>,
    /// The value that was read.
    pub read: Option<String>,
    /// The value that was written.
    pub wrote: Option<String>,
    /// Which other threads it concerns: who was spawned, joined, woken.
    pub threads: Vec<u32>,
    /// More, in a word or two: `timed out`, `nobody was waiting`.
    pub note: Option<String>,
    /// Where in the code.
    pub location: Location,
    /// The stack that tells it better, by its number in the outcome: the grader puts its innermost place in the learner's
    /// files there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stack: Option<u32>,
}

/// A thread that can never go on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Blocked {
    /// The thread.
    pub thread: u32,
    /// What it waits to do.
    pub op: String,
    /// On what.
    pub object: Option<u32>,
    /// Where.
    pub location: Location,
    /// Who holds the object, and where each took it.
    pub holders: Vec<Holder>,
    /// For whose end it waits.
    pub joins: Vec<u32>,
    /// As in [`Step::stack`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stack: Option<u32>,
}

/// Who has what a blocked thread wants.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holder {
    /// The thread.
    pub thread: u32,
    /// Where it took it.
    pub since: Location,
}
