//! What the ideal machine measures: work and span, in logical units.

use std::fmt;

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

/// Work over span: how many processors a computation could keep busy.
///
/// Shown with two digits, the rest cut off: what is shown as 3.50 is at least 3.5.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parallelism {
    /// All work.
    pub work: u64,
    /// The work on the longest path.
    pub span: u64,
}

impl Parallelism {
    /// As a number; 1 when there was no work.
    pub fn value(self) -> f64 {
        match self.span {
            0 => 1.0,
            span => self.work as f64 / span as f64,
        }
    }
}

impl fmt::Display for Parallelism {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let hundredths = match self.span {
            0 => 100,
            span => u128::from(self.work) * 100 / u128::from(span),
        };
        write!(f, "{}.{:02}", hundredths / 100, hundredths % 100)
    }
}

impl Measure {
    /// Work over span.
    pub fn parallelism(&self) -> Parallelism {
        Parallelism {
            work: self.work,
            span: self.span,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_almost_enough_is_not_shown_as_enough() {
        let shown = |work, span| Parallelism { work, span }.to_string();
        assert_eq!(shown(3_499_999, 1_000_000), "3.49");
        assert_eq!(shown(400, 100), "4.00");
        assert_eq!(shown(0, 0), "1.00");
        assert_eq!(shown(u64::MAX, 1), format!("{}.00", u64::MAX));
    }
}
