//! What the ideal machine measures: work and span, in logical units.

use serde::{Deserialize, Serialize};

/// The columns of a timeline. Its first begins with the measurement, its last ends with the span.
pub const TIMELINE_COLUMNS: usize = 60;

/// Work and span of what a test measured. Units are declared, not timed, so they are the same on every machine.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Measure {
    /// All work that was done.
    pub work: u64,
    /// The work on the longest path from begin to end: what it takes with as many processors as one likes.
    pub span: u64,
    /// The threads that worked, the test's own first.
    pub threads: Vec<Worker>,
}

/// A thread that worked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Worker {
    /// Its number; thread 0 is the test's own.
    pub thread: u32,
    /// The name it was given, if any.
    pub name: Option<String>,
    /// Its share of the work.
    pub work: u64,
    /// How busy it was in each of [`TIMELINE_COLUMNS`] equal parts of the span, in per cent.
    pub busy: Vec<u8>,
}

impl Measure {
    /// Work over span: how many processors it could keep busy. 1 when there was no work.
    pub fn parallelism(&self) -> f64 {
        match self.span {
            0 => 1.0,
            span => self.work as f64 / span as f64,
        }
    }
}
