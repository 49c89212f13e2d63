//! A failing schedule again, step by step: `kata replay`.
//!
//! A [`Replay`] is what is walked: the trace of one failing test, with the sources as they were graded. `walk` derives from
//! it how things are after each step, and `story` puts that in words. It is shown in two ways, which therefore agree:
//! [`text()`] prints all of it, for pipes and for screen readers, and [`Screen`] draws one moment of it on a terminal. Where
//! on the walk one is, is a [`Place`].

mod excerpt;
mod place;
mod screen;
mod story;
mod text;
mod walk;
mod words;

use std::borrow::Cow;

use kata_protocol::{report::TestReport, trace::Trace};

pub use place::Place;
pub use screen::Screen;
pub use text::text;

use crate::screen::{Sources, trace::capped};

/// A failing schedule that can be walked.
pub struct Replay<'a> {
    exercise: &'a str,
    test: &'a TestReport,
    trace: Cow<'a, Trace>,
    sources: &'a Sources<'a>,
    changed: bool,
}

impl<'a> Replay<'a> {
    /// The schedule under which `test` of `exercise` failed; `None` where it has none. `sources` gives the files as they were
    /// graded, and `changed` says whether the learner has edited them since.
    pub fn of(
        exercise: &'a str,
        test: &'a TestReport,
        sources: &'a Sources<'a>,
        changed: bool,
    ) -> Option<Replay<'a>> {
        Some(Replay {
            exercise,
            test,
            trace: capped(test.trace.as_deref()?),
            sources,
            changed,
        })
    }

    /// How many steps can be walked.
    pub fn steps(&self) -> usize {
        self.trace.steps.len()
    }
}
