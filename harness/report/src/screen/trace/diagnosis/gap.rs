//! A lock that is given back between the look and the act, where the values under it are not known.

use kata_protocol::trace::Trace;

use super::{
    super::{names::Names, row::number},
    Deed, Diagnosis,
};

/// A stretch in which a thread has a lock, by its first and its last step.
#[derive(Clone, Copy)]
struct Section {
    thread: u32,
    object: u32,
    first: usize,
    last: usize,
}

/// Two sections of a thread, of which the second follows upon the first.
type Pair = (Section, Section);

/// Tells of a thread that gave a lock back and took it again at another line, while another one that does the same had it in
/// between: what the first section found out need not hold in the second.
pub(super) fn find(diagnosis: &mut Diagnosis, trace: &Trace, names: &Names<'_>) {
    let sections = sections(trace, names);
    let pairs = pairs(trace, &sections, names);
    let line = |section: &Section| names.line_of(&trace.steps[section.first].location);
    let same_code = |one: &Pair, other: &Pair| {
        one.0.thread != other.0.thread
            && one.0.object == other.0.object
            && line(&one.0) == line(&other.0)
            && line(&one.1) == line(&other.1)
    };
    let found = pairs.iter().find_map(|pair| {
        let other = pairs.iter().find(|other| {
            let between = |section: &Section| section.first > pair.0.last && section.last < pair.1.first;
            same_code(pair, other) && between(&other.1)
        })?;
        Some((pair, other.1))
    });
    let Some(((look, act), other)) = found else { return };
    let (who, them) = (names.thread(look.thread), names.thread(other.thread));
    let (before, after) = (line(look), line(act));
    diagnosis.say(vec![super::sentence(format!(
        "{who} has `{}` at {before} and again at {after}, and not in between: there {them} had it, so what {who} found at {before} need not be true any more at {after}.",
        names.object(look.object),
    ))]);
    let note = format!(
        "since step {} there was step {}",
        number(trace, look.last),
        number(trace, other.first)
    );
    diagnosis.notes.insert(act.first, note);
    diagnosis
        .steps
        .extend([look.first, look.last, other.first, act.first]);
    diagnosis.objects.insert(look.object);
    diagnosis.mark(&trace.steps[look.first].location, who.clone(), Deed::Takes);
    diagnosis.mark(&trace.steps[act.first].location, who, Deed::Takes);
}

/// The sections of locks whose values are not known, in the learner's own code.
fn sections(trace: &Trace, names: &Names<'_>) -> Vec<Section> {
    let section = |(first, step): (usize, &kata_protocol::trace::Step)| {
        let object = step.object?;
        let takes = ["lock", "read", "write"].contains(&step.op.as_str());
        if !takes || step.read.is_some() || names.is_of_test(&step.location) {
            return None;
        }
        let ends = trace.steps[first + 1..].iter().position(|other| {
            other.thread == step.thread
                && other.object == step.object
                && other.op == "unlock"
                && other.wrote.is_none()
        })?;
        Some(Section {
            thread: step.thread,
            object,
            first,
            last: first + 1 + ends,
        })
    };
    trace.steps.iter().enumerate().filter_map(section).collect()
}

/// The pairs of sections that one thread enters one after the other at two lines, without the test or a wait in between.
fn pairs(trace: &Trace, sections: &[Section], names: &Names<'_>) -> Vec<Pair> {
    let next = |(at, one): (usize, &Section)| {
        let own = |other: &&Section| other.thread == one.thread && other.object == one.object;
        let next = sections[at + 1..].iter().find(own)?;
        let apart = trace.steps[one.first..next.first].iter().any(|step| {
            let waits = ["wait", "wait_timeout", "join", "barrier wait", "recv"].contains(&step.op.as_str());
            step.thread == one.thread && (waits || names.is_of_test(&step.location))
        });
        let lines = trace.steps[one.first].location.line != trace.steps[next.first].location.line;
        (lines && !apart && one.last < next.first).then_some((*one, *next))
    };
    sections.iter().enumerate().filter_map(next).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::traces;

    fn found(trace: &Trace) -> Vec<String> {
        let mut diagnosis = Diagnosis::default();
        find(&mut diagnosis, trace, &Names::of(trace));
        diagnosis.sentences
    }

    /// Two threads look and then act, and what is under the lock has no text of its own.
    fn unknown() -> Trace {
        let mut trace = traces::check_then_act();
        for step in &mut trace.steps {
            (step.read, step.wrote) = (None, None);
        }
        trace
    }

    #[test]
    fn a_lock_that_another_one_had_in_between_is_told() {
        assert_eq!(
            found(&unknown()),
            [
                "Thread 1 has `seats` at line 3 and again at line 4, and not in between: there thread 2 had it, so what thread 1 found at line 3 need not be true any more at line 4."
            ]
        );
    }

    #[test]
    fn one_after_the_other_is_right() {
        let mut trace = unknown();
        trace.steps.sort_by_key(|step| step.thread);
        assert!(found(&trace).is_empty());
    }

    #[test]
    fn to_take_a_lock_twice_at_one_line_is_to_begin_anew() {
        let mut trace = unknown();
        let line = trace.steps[2].location.line;
        for step in &mut trace.steps {
            step.location.line = line;
        }
        assert!(found(&trace).is_empty());
    }
}
