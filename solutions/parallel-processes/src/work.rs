//! What there is to do. It is given: leave it as it is.

use std::{fmt, hint::black_box};

/// A job that cannot be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct NothingToDo;

impl fmt::Display for NothingToDo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a job of 0 units is nothing to do")
    }
}

impl std::error::Error for NothingToDo {}

/// Does a job of so many units, which keeps a processor busy for some milliseconds each, and gives their square.
pub(crate) fn work(units: u64) -> Result<u64, NothingToDo> {
    for turn in 0..units * 200_000 {
        black_box(turn);
    }
    match units {
        0 => Err(NothingToDo),
        units => Ok(units * units),
    }
}
