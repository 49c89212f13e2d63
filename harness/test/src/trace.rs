//! A failure of the model, in the words of the protocol.

use kata_model::{
    Blocked, Event, Trace,
    explore::{Failure, FailureKind},
};
use kata_protocol::{
    Location, Verdict,
    frame::Outcome,
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
    // The panic that ended the scenario; a deadlock has none.
    let source = failure.panics.last().and_then(|panic| panic.source.as_ref());
    let location = source.map(|at| Location {
        file: at.file.clone(),
        line: at.line,
        column: at.column,
    });
    let in_learners_code = location.clone().filter(panics::is_learners);
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
    let message = match &in_learners_code {
        Some(at) => format!("panicked at {at}: {}", failure.message),
        None => failure.message.clone(),
    };
    Outcome {
        location: in_learners_code,
        trace: Some(Box::new(told(failure, machine))),
        ..Outcome::fail(verdict, message)
    }
}

/// The trace, in the words of the protocol.
fn told(failure: &Failure, machine: Machine) -> trace::Trace {
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
    }
}

fn at(source: kata_model::Source) -> Location {
    Location {
        file: source.file.to_owned(),
        line: source.line,
        column: source.column,
    }
}
