//! What went wrong under a schedule, read from its trace.
//!
//! Each kind of fault is recognised by a function of its own, from facts alone: who waits for whom, what was read before
//! what was written. None of them guesses; where none has anything to say, the table speaks for itself.

mod deadlock;
mod overwrite;
mod unfinished;
mod wakeup;

use std::collections::{BTreeMap, BTreeSet};

use kata_protocol::{Location, Verdict, trace::Trace};

use super::names::Names;

/// At most so many sentences of one kind.
const SENTENCES: usize = 8;

/// What there is to say about a trace.
#[derive(Default)]
pub(crate) struct Diagnosis {
    /// Sentences of our own, names and values cleaned; code stands in backticks.
    pub(crate) sentences: Vec<String>,
    /// What is said at a step.
    pub(crate) notes: BTreeMap<usize, String>,
    /// What is said under a line of the source.
    pub(crate) marks: Vec<Mark>,
    /// The steps that the failure consists of.
    pub(crate) steps: BTreeSet<usize>,
    /// The objects that it is about.
    pub(crate) objects: BTreeSet<u32>,
}

/// A remark under a place of the source.
pub(crate) struct Mark {
    pub(crate) location: Location,
    pub(crate) label: String,
}

/// Reads a trace.
pub(crate) fn of(trace: &Trace, verdict: Verdict, names: &Names<'_>) -> Diagnosis {
    let mut diagnosis = Diagnosis::default();
    deadlock::find(&mut diagnosis, trace, names);
    wakeup::find(&mut diagnosis, trace, names);
    overwrite::find(&mut diagnosis, trace, names);
    unfinished::find(&mut diagnosis, trace, verdict, names);
    diagnosis
}

impl Diagnosis {
    /// Adds sentences of one kind, the first few of them.
    fn say(&mut self, sentences: Vec<String>) {
        let more = sentences.len().saturating_sub(SENTENCES);
        self.sentences.extend(sentences.into_iter().take(SENTENCES));
        if more > 0 {
            self.sentences.push(format!("… and {more} more of this kind."));
        }
    }

    fn mark(&mut self, location: &Location, label: impl Into<String>) {
        self.marks.push(Mark {
            location: location.clone(),
            label: label.into(),
        });
    }
}
