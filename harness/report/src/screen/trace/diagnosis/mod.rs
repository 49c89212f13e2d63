//! What went wrong under a schedule, read from its trace.
//!
//! Each kind of fault is recognised by a function of its own, from facts alone: who waits for whom, what was read before
//! what was written. None of them guesses; where none has anything to say, the table speaks for itself.

mod afterwards;
mod awake;
mod deadlock;
mod failed;
mod gap;
mod halves;
mod looks;
mod overwrite;
mod refused;
mod unfinished;
mod unseen;
pub(crate) mod waiting;
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
    /// The objects that a thread looks at again and again, although no other touches them.
    pub(crate) watched: BTreeSet<u32>,
    /// The step after which the test failed, where that can be told.
    pub(crate) fails_after: Option<usize>,
    /// The threads that wait for ever and matter, in the order in which they are told of.
    pub(crate) waiting: Vec<u32>,
}

/// A remark under a place of the source.
pub(crate) struct Mark {
    pub(crate) location: Location,
    pub(crate) who: String,
    pub(crate) does: Deed,
}

/// What somebody does at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Deed {
    Waits,
    Takes,
    Wakes,
    Notifies,
    Reads,
    Writes,
    GivesUp,
    IsMade,
    Fails,
}

impl Deed {
    /// In words, for one or for several.
    pub(crate) const fn words(self, several: bool) -> &'static str {
        match (self, several) {
            (Deed::Waits, false) => "waits here",
            (Deed::Waits, true) => "wait here",
            (Deed::Takes, false) => "takes it here",
            (Deed::Takes, true) => "take it here",
            (Deed::Wakes, false) => "wakes here",
            (Deed::Wakes, true) => "wake here",
            (Deed::Notifies, false) => "notifies here",
            (Deed::Notifies, true) => "notify here",
            (Deed::Reads, false) => "reads here",
            (Deed::Reads, true) => "read here",
            (Deed::Writes, false) => "writes here",
            (Deed::Writes, true) => "write here",
            (Deed::GivesUp, false) => "gives up here",
            (Deed::GivesUp, true) => "give up here",
            (Deed::IsMade, false) => "is made here",
            (Deed::IsMade, true) => "are made here",
            (Deed::Fails, false) => "fails here",
            (Deed::Fails, true) => "fail here",
        }
    }
}

/// Reads a trace.
pub(crate) fn of(trace: &Trace, verdict: Verdict, names: &Names<'_>) -> Diagnosis {
    let mut diagnosis = Diagnosis::default();
    deadlock::find(&mut diagnosis, trace, verdict, names);
    wakeup::find(&mut diagnosis, trace, names);
    awake::find(&mut diagnosis, trace, names);
    overwrite::find(&mut diagnosis, trace, verdict, names);
    unfinished::find(&mut diagnosis, trace, verdict, names);
    failed::find(&mut diagnosis, trace, verdict, names);
    unseen::find(&mut diagnosis, trace, verdict, names);
    // These say what happened as surely, and less surely that it is the fault: the others come first.
    if verdict == Verdict::Race {
        for find in [afterwards::find, refused::find, halves::find, gap::find] {
            if diagnosis.sentences.is_empty() {
                find(&mut diagnosis, trace, names);
            }
        }
    }
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

    /// Points at a place.
    pub(super) fn mark(&mut self, location: &Location, who: String, does: Deed) {
        self.marks.push(Mark {
            location: location.clone(),
            who,
            does,
        });
    }
}

/// A sentence begins with a capital, even if a thread's name stands there.
fn sentence(text: String) -> String {
    let mut rest = text.chars();
    match rest.next() {
        Some(first) if first.is_lowercase() => first.to_uppercase().chain(rest).collect(),
        _ => text,
    }
}

/// `line 7`, `line 7 and line 8`, `a, b and c`
fn and(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}
