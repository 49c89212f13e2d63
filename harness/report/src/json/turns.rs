//! The turns of tasks, as JSON shows them.

use kata_protocol::tasks::{Ending, Turns};
use serde::Serialize;

use super::Place;

/// What a task did from where it was resumed until it waited again.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct Turn<'a> {
    /// The task; task 0 is the test's own.
    task: u32,
    /// The line of the learner's on which it was spawned.
    spawned: Option<u32>,
    /// The virtual time, in nanoseconds.
    at_ns: u64,
    /// How the turn ended.
    until: Ending,
    /// The places in the learner's files where the task waits, the innermost first.
    at: Vec<Place<'a>>,
}

/// The turns of an order that fails.
pub(super) fn of(turns: &Turns) -> Vec<Turn<'_>> {
    let spawned = |task: u32| {
        let at = turns.tasks.get(task as usize)?.spawned.as_ref()?;
        (!at.file.starts_with("tests/")).then_some(at.line)
    };
    let turns = turns.turns.iter().map(|turn| Turn {
        task: turn.task,
        spawned: spawned(turn.task),
        at_ns: turn.at_ns,
        until: turn.until.ending.clone(),
        at: turn.until.at.iter().map(Place::of).collect(),
    });
    turns.collect()
}
