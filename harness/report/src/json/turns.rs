//! The turns of tasks, as JSON shows them.

use kata_protocol::{
    Location,
    tasks::{Ending, Turns},
};
use kata_untrusted::clean_line;
use serde::Serialize;

/// What a task did from where it was resumed until it waited again.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct Turn {
    /// The task; task 0 is the test's own.
    task: u32,
    /// The line of the learner's on which it was spawned.
    spawned: Option<u32>,
    /// The virtual time, in nanoseconds.
    at_ns: u64,
    /// How the turn ended.
    until: Ending,
    /// The places in the learner's files where the task waits, the innermost first.
    at: Vec<At>,
}

/// A place.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct At {
    /// The file, relative to the course.
    file: String,
    /// The line, from 1.
    line: u32,
    /// The column in characters, from 1.
    column: u32,
}

/// The turns of an order that fails.
pub(super) fn of(turns: &Turns) -> Vec<Turn> {
    let spawned = |task: u32| {
        let at = turns.tasks.get(task as usize)?.spawned.as_ref()?;
        (!at.file.starts_with("tests/")).then_some(at.line)
    };
    let turn = |turn: &kata_protocol::tasks::Turn| Turn {
        task: turn.task,
        spawned: spawned(turn.task),
        at_ns: turn.at_ns,
        until: turn.until.ending.clone(),
        at: turn.until.at.iter().map(At::of).collect(),
    };
    turns.turns.iter().map(turn).collect()
}

impl At {
    fn of(location: &Location) -> At {
        At {
            file: clean_line(&location.file).into_owned(),
            line: location.line,
            column: location.column,
        }
    }
}
