//! Runs of the learner's own program: what a test asks for, and what came of it.
//!
//! A test of kind `program` has nothing of the submission in its process, and starts nothing itself. It is asked with the runs that
//! have been made so far. Where it needs one more, its answer is a [`Launch`]; the grader makes that run, and
//! asks again. So nothing that the program does can reach the test that judges it.

use serde::{Deserialize, Serialize};

/// The most runs that one test asks for.
pub const RUNS_CAP: usize = 16;

/// A run that a test asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Launch {
    /// The arguments behind the program's own name.
    pub args: Vec<String>,
    /// What the program finds on its standard input.
    pub stdin: String,
}

/// A run that was made, to its end: one that passed a limit is never told of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ran {
    /// What was asked for.
    pub launch: Launch,
    /// Standard output.
    pub stdout: String,
    /// Standard error.
    pub stderr: String,
    /// Its processes, in the order in which they began: the program's own first.
    pub processes: Vec<Process>,
    /// The CPU time of each process alone, in nanoseconds. It differs from run to run, so it is no part of a report.
    pub cpu_ns: Vec<u64>,
}

/// A process of a run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Process {
    /// The place of its parent in the list; `None` for the program's own process.
    pub parent: Option<u32>,
    /// When it began: its place in the order of all beginnings and ends.
    pub began: u32,
    /// When it ended, in the same order; `None` where nobody has waited for it.
    pub ended: Option<u32>,
    /// How it ended; `None` as above.
    pub end: Option<End>,
}

/// How a process ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum End {
    /// By itself, with this exit code.
    Exited(i32),
    /// By this signal.
    Signalled(i32),
}
