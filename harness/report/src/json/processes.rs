//! The processes of a run, as JSON shows them.

use kata_protocol::program::{self, End};
use serde::Serialize;

/// A process of the learner's program.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct Process {
    /// The place of its parent in this list, from 0; `null` for the program's own process.
    parent: Option<u32>,
    /// When it began: its place in the order of all beginnings and ends.
    began: u32,
    /// When it ended, in the same order; `null` where nobody has waited for it.
    ended: Option<u32>,
    /// Its exit code, if it ended by itself.
    exit_code: Option<i32>,
    /// The signal that ended it.
    signal: Option<i32>,
}

impl Process {
    pub(super) fn of(process: &program::Process) -> Process {
        let (exit_code, signal) = match process.end {
            Some(End::Exited(code)) => (Some(code), None),
            Some(End::Signalled(signal)) => (None, Some(signal)),
            None => (None, None),
        };
        Process {
            parent: process.parent,
            began: process.began,
            ended: process.ended,
            exit_code,
            signal,
        }
    }
}
