//! What was under way when, as JSON shows it.

use std::borrow::Cow;

use kata_protocol::timeline::{self, End, Of};
use kata_untrusted::clean_line;
use serde::Serialize;

/// What was under way when, on the test's virtual clock.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct Timeline<'a> {
    /// What the spans are.
    of: Of,
    /// The most that were ever under way at once.
    most_at_once: usize,
    /// How many began after these, and are left out.
    left_out: usize,
    /// Those that began first, in that order.
    spans: Vec<Span<'a>>,
}

/// A job, or a request.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Span<'a> {
    /// What it is called.
    name: Cow<'a, str>,
    /// When it began, in nanoseconds of virtual time.
    began_ns: u64,
    /// When it ended; `null` if it was still under way when the test failed.
    ended_ns: Option<u64>,
    /// How it ended; `null` as above.
    end: Option<End>,
}

impl<'a> Timeline<'a> {
    pub(super) fn of(timeline: &'a timeline::Timeline) -> Self {
        let span = |span: &'a timeline::Span| Span {
            name: clean_line(&span.name),
            began_ns: span.began_ns,
            ended_ns: span.end.map(|(at, _)| at),
            end: span.end.map(|(_, end)| end),
        };
        Timeline {
            of: timeline.of,
            most_at_once: timeline.most_at_once,
            left_out: timeline.left_out,
            spans: timeline.spans.iter().map(span).collect(),
        }
    }
}
