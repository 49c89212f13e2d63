//! A failure of the model, in the words of the protocol.

use kata_model::{
    Blocked, Event, Panic, Trace,
    explore::{Failure, FailureKind},
};
use kata_protocol::{
    Location, Verdict,
    frame::{NOTES_CAP, Outcome},
    trace::{self, STEPS_CAP},
};

use crate::{check::special_verdict, panics};

/// Who chose the schedule that fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Machine {
    /// The explorer, which has looked for it.
    Explorer,
    /// The ideal machine, which has one schedule only.
    Ideal,
}

/// The outcome of a scenario that failed.
pub(crate) fn failed(failure: &Failure, machine: Machine) -> Outcome {
    let told = told_panic(failure);
    let in_learners_code = told.and_then(learners_place);
    let always = match failure.kind {
        FailureKind::Deadlock => Verdict::Deadlock,
        FailureKind::Livelock | FailureKind::StepBound => Verdict::Livelock,
        FailureKind::Panic if in_learners_code.is_some() => Verdict::Panic,
        FailureKind::Panic => Verdict::WrongAnswer,
    };
    // A deadlock is one, however rare; what is wrong under some schedules only is a race.
    let is_race = matches!(failure.kind, FailureKind::Panic) && !failure.always;
    let special = special_verdict(&failure.message);
    let verdict = special.unwrap_or(if is_race { Verdict::Race } else { always });
    let message = match (told, &in_learners_code) {
        (Some(panic), Some(at)) => format!("panicked at {at}: {}", panic.message),
        _ => failure.message.clone(),
    };
    Outcome {
        notes: other_panics(failure, told),
        location: in_learners_code,
        trace: Some(Box::new(traced(failure, machine))),
        ..Outcome::fail(verdict, message)
    }
}

/// What a scope says of itself when a thread of its own has panicked; the text is std's.
const OF_A_SCOPE: &str = "a scoped thread panicked";

/// The panic to tell of: the one that ended the scenario, or the one behind it.
fn told_panic(failure: &Failure) -> Option<&Panic> {
    if failure.kind != FailureKind::Panic {
        return None;
    }
    let ended = |panic: &&Panic| panic.message == failure.message;
    let last = failure.panics.iter().rev().find(ended)?;
    if last.message == OF_A_SCOPE {
        let cause = failure
            .panics
            .iter()
            .find(|panic| learners_place(panic).is_some());
        return cause.or(Some(last));
    }
    // What is passed on with `resume_unwind` has a place only where it began.
    let with_a_place = failure.panics.iter().rev().filter(|panic| panic.source.is_some());
    Some(with_a_place.into_iter().find(ended).unwrap_or(last))
}

/// Where a panic was, if it was in the learner's code.
fn learners_place(panic: &Panic) -> Option<Location> {
    let source = panic.source.as_ref()?;
    let location = Location {
        file: source.file.clone(),
        line: source.line,
        column: source.column,
    };
    Some(location).filter(panics::is_learners)
}

/// The panics of the learner's code that are not told already, in their order, which the schedule fixes.
fn other_panics(failure: &Failure, told: Option<&Panic>) -> Vec<String> {
    let mut notes = Vec::new();
    for panic in &failure.panics {
        let Some(at) = learners_place(panic).filter(|_| told != Some(panic)) else {
            continue;
        };
        let note = format!("a panic at {at}: {}", panic.message);
        if !notes.contains(&note) && notes.len() < NOTES_CAP {
            notes.push(note);
        }
    }
    notes
}

/// The trace, in the words of the protocol.
fn traced(failure: &Failure, machine: Machine) -> trace::Trace {
    let Trace {
        events,
        threads,
        objects,
    } = &failure.trace;
    let left_out = events.len().saturating_sub(STEPS_CAP);
    trace::Trace {
        found_at: (machine == Machine::Explorer).then_some(failure.found_at),
        preemptions: failure.preemptions,
        some_pass: !failure.always,
        threads: threads
            .iter()
            .map(|thread| trace::Thread {
                name: thread.name.clone(),
                spawned: at(thread.spawned),
                finished: thread.finished,
            })
            .collect(),
        objects: objects
            .iter()
            .map(|object| trace::Object {
                kind: object.kind.to_owned(),
                // The grader has the sources.
                name: None,
                created: at(object.created),
            })
            .collect(),
        steps: events[left_out..].iter().map(step).collect(),
        left_out,
        blocked: failure.blocked.iter().map(blocked).collect(),
        schedule: failure
            .schedule
            .iter()
            .map(|choice| choice.thread.0.into())
            .collect(),
    }
}

fn step(event: &Event) -> trace::Step {
    trace::Step {
        thread: event.thread.0.into(),
        op: event.op.to_owned(),
        object: event.object.map(|object| object.0),
        read: event.read.clone(),
        wrote: event.wrote.clone(),
        threads: event.threads.iter().map(|thread| thread.0.into()).collect(),
        note: event.note.map(str::to_owned),
        location: at(event.source),
        stack: None,
    }
}

fn blocked(blocked: &Blocked) -> trace::Blocked {
    trace::Blocked {
        thread: blocked.thread.0.into(),
        op: blocked.op.to_owned(),
        object: blocked.object.map(|object| object.0),
        location: at(blocked.source),
        holders: blocked
            .holders
            .iter()
            .map(|holder| trace::Holder {
                thread: holder.thread.0.into(),
                since: at(holder.since),
            })
            .collect(),
        joins: blocked.joins.iter().map(|thread| thread.0.into()).collect(),
        stack: None,
    }
}

fn at(source: kata_model::Source) -> Location {
    Location {
        file: source.file.to_owned(),
        line: source.line,
        column: source.column,
    }
}
