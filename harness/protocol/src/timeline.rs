//! What was under way when, on a test's virtual clock.

use serde::{Deserialize, Serialize};

/// The most spans that are carried.
pub const SPANS_CAP: usize = 256;

/// The longest name of a span, in characters.
pub const NAME_CAP: usize = 80;

/// What was under way when, up to the moment at which the test failed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Timeline {
    /// What the spans are.
    pub of: Of,
    /// Those that began first, in that order.
    pub spans: Vec<Span>,
    /// How many more there were.
    pub left_out: usize,
    /// The most that were ever under way at once, of all of them.
    pub most_at_once: usize,
}

/// What the spans of a timeline are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Of {
    /// Jobs that the test has handed to the submission.
    Jobs,
    /// Requests in flight to the test's server.
    Requests,
}

/// One of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    /// What it is called.
    pub name: String,
    /// When it began, in nanoseconds of virtual time.
    pub began_ns: u64,
    /// When and how it ended; `None` if it was still under way.
    pub end: Option<(u64, End)>,
}

/// How a span ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum End {
    /// As it should.
    Done,
    /// Half-way: whoever waited for it has gone.
    GivenUp,
}
