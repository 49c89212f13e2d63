//! What happened in one order of the tasks of an event loop.

use serde::{Deserialize, Serialize};

use crate::Location;

/// The turns of tasks in one order that fails.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Turns {
    /// The number of the execution that failed first, from 1.
    pub found_at: u64,
    /// How often a task went before another one that was woken earlier.
    pub delays: u32,
    /// Whether some orders pass.
    pub some_pass: bool,
    /// The tasks; task 0 is the test's own.
    pub tasks: Vec<Task>,
    /// What happened, in order.
    pub turns: Vec<Turn>,
    /// Turns before these that are not carried.
    pub left_out: usize,
    /// At each choice, which of the tasks that could go on did, counted from 0 in the order in which they were woken.
    pub schedule: Vec<u32>,
}

/// A task.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Task {
    /// Where it was spawned; `None` for the test's own.
    pub spawned: Option<Location>,
}

/// What a task did from where it was resumed until it waited again, which nobody can come between.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Turn {
    /// The task: an index into [`Turns::tasks`].
    pub task: u32,
    /// The virtual time of it, in nanoseconds.
    pub at_ns: u64,
    /// How it ended.
    pub until: Until,
}

/// How a turn ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Ending {
    /// The task waits.
    Waits,
    /// It is over.
    Ended,
    /// It panicked.
    Panicked,
}

/// How a turn ended, and where.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Until {
    /// How.
    pub ending: Ending,
    /// Stacks that tell where the task waits, by their numbers in the outcome: the grader finds the places.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub stacks: Vec<u32>,
    /// For a task that waits: the `.await`s in the learner's files that it waits at, the innermost first.
    pub at: Vec<Location>,
}
