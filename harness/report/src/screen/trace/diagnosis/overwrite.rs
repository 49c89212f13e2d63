//! A value that was written on the ground of a read that was no longer true.
//!
//! Either a plain store undoes what another thread wrote (a lost update), or a thread looked, let go, and acted when the
//! object had changed (check, then act).

use kata_protocol::{
    Verdict,
    trace::{Step, Trace},
};
use kata_untrusted::clean_line;

use super::{
    super::{names::Names, row::number},
    Deed, Diagnosis,
};
use crate::page::cut;

/// A value is not shown wider than this.
const WIDEST: usize = 24;

/// So many of these are pointed out; the first ones teach, the rest repeats.
const MOST: usize = 3;

/// Tells of the first writes that build on a read that was out of date.
pub(super) fn find(diagnosis: &mut Diagnosis, trace: &Trace, verdict: Verdict, names: &Names<'_>) {
    let found = (0..trace.steps.len()).filter_map(|at| outdated(trace, at));
    // Threads that hang seldom do so because one looked too early; an update that was lost can be the reason.
    let hangs = matches!(verdict, Verdict::Deadlock | Verdict::Livelock);
    let found = found.filter(|outdated| outdated.overwrites || !hangs);
    let mut sentences = Vec::new();
    for outdated in found.take(MOST) {
        let (note, sentence) = words(trace, &outdated, names);
        diagnosis.notes.insert(outdated.write, note);
        sentences.push(super::sentence(sentence));
        mark(diagnosis, trace, &outdated, names);
        diagnosis
            .steps
            .extend([outdated.read, outdated.between, outdated.write]);
        diagnosis.steps.extend(outdated.their_read);
        diagnosis.objects.extend(trace.steps[outdated.write].object);
    }
    // In a loop the same lines go wrong each time: once is enough.
    sentences.dedup();
    diagnosis.say(sentences);
}

/// A write that builds on a read that was out of date. All are places in the trace.
#[derive(Debug, PartialEq, Eq)]
struct Outdated {
    /// What the thread read.
    read: usize,
    /// What another thread wrote then, the last time.
    between: usize,
    /// What that thread had read before, if it was the same value.
    their_read: Option<usize>,
    /// The write.
    write: usize,
    /// Whether the write undoes what was written in between.
    overwrites: bool,
}

/// Looks at one step: whether it is such a write.
fn outdated(trace: &Trace, write: usize) -> Option<Outdated> {
    let step = trace.steps.get(write)?;
    let object = step.object?;
    let overwrites = step.op == "store";
    let locks = begins_section(step) && section_writes(trace, write);
    let changes = step.read.is_some() && step.wrote.is_some() && step.read != step.wrote;
    if !overwrites && !locks && !changes {
        return None;
    }
    let read = last_look(trace, step.thread, object, write)?;
    let between = (read + 1..write).rev().find(|at| {
        let other = &trace.steps[*at];
        other.thread != step.thread
            && other.object == Some(object)
            && other.wrote.is_some()
            && other.wrote != other.read
    })?;
    let them = trace.steps[between].thread;
    let their_read = last_look(trace, them, object, between);
    let their_read = their_read.filter(|at| trace.steps[*at].read == trace.steps[read].read);
    Some(Outdated {
        read,
        between,
        their_read,
        write,
        overwrites,
    })
}

/// The thread's last touch of the object, if all that it did was to look: a load, or a section of a lock without a write.
fn last_look(trace: &Trace, thread: u32, object: u32, before: usize) -> Option<usize> {
    let own = |at: &usize| {
        let step = &trace.steps[*at];
        step.thread == thread && step.object == Some(object)
    };
    let last = (0..before).rev().find(own)?;
    let step = &trace.steps[last];
    if step.op == "unlock" {
        // The mutex of a wait is taken again, with a look at what has changed: nothing was out of date.
        let waits = last.checked_sub(1).and_then(|at| trace.steps.get(at));
        let waits = waits.is_some_and(|step| step.thread == thread && step.op.starts_with("wait"));
        let taken = (0..last)
            .rev()
            .find(own)
            .filter(|at| begins_section(&trace.steps[*at]))?;
        return (step.wrote.is_none() && !waits && trace.steps[taken].read.is_some()).then_some(taken);
    }
    // What a swap or the like found is out of date as soon as what a load found; only a store builds on it blindly.
    let reads = step.op == "load" || trace.steps[before].op == "store";
    (reads && step.op != "store" && step.read.is_some()).then_some(last)
}

/// Whether a step takes a lock, and shows the value inside.
fn begins_section(step: &Step) -> bool {
    matches!(
        step.op.as_str(),
        "lock" | "try_lock" | "relock" | "read" | "write" | "try_read" | "try_write"
    ) && step.wrote.is_none()
}

/// Whether the thread that takes a lock here writes before it gives it back.
fn section_writes(trace: &Trace, taken: usize) -> bool {
    let taker = &trace.steps[taken];
    let own = |step: &&Step| step.thread == taker.thread && step.object == taker.object;
    let next = trace.steps[taken + 1..].iter().find(own);
    next.is_some_and(|step| step.op == "unlock" && step.wrote.is_some())
}

/// Points at the reads and the writes in the source.
fn mark(diagnosis: &mut Diagnosis, trace: &Trace, outdated: &Outdated, names: &Names<'_>) {
    let Outdated {
        read,
        between,
        their_read,
        write,
        overwrites,
    } = *outdated;
    // To take a lock is no write: the step says what it is.
    let writes = overwrites.then_some([between, write]);
    let reads = [Some(read), their_read]
        .into_iter()
        .flatten()
        .map(|at| (at, Deed::Reads));
    for (at, does) in reads.chain(writes.into_iter().flatten().map(|at| (at, Deed::Writes))) {
        let step = &trace.steps[at];
        diagnosis.mark(&step.location, names.thread(step.thread), does);
    }
}

/// What is said at the step, and in a sentence.
fn words(trace: &Trace, outdated: &Outdated, names: &Names<'_>) -> (String, String) {
    let Outdated {
        read,
        between,
        their_read,
        write,
        overwrites,
    } = *outdated;
    let steps = &trace.steps;
    let value = steps[read]
        .read
        .as_deref()
        .map(|value| cut(&clean_line(value), WIDEST).replace('`', "'"));
    let value = value.unwrap_or_default();
    let (who, them) = (
        names.thread(steps[write].thread),
        names.thread(steps[between].thread),
    );
    let object = steps[write]
        .object
        .map(|object| names.object(object))
        .unwrap_or_default();
    let (place, then) = (
        names.line_of(&steps[write].location),
        names.line_of(&steps[read].location),
    );
    if !overwrites {
        let note = format!(
            "changed since step {} by step {}",
            number(trace, read),
            number(trace, between)
        );
        let sentence = format!(
            "{who} looked at `{object}` at {then} and found `{value}`; {them} changed it before {who} wrote to it at {place}."
        );
        return (note, sentence);
    }
    let number = number(trace, between);
    let (note, reason) = match their_read {
        Some(_) => (
            format!("overwrites step {number}: both had read {value}"),
            format!("both had read `{value}`"),
        ),
        None => (
            format!("overwrites step {number}: {who} had read {value} before it"),
            format!("it had read `{value}` before that"),
        ),
    };
    (
        note,
        format!("{who} overwrites at {place} what {them} wrote to `{object}`: {reason}."),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::traces;

    fn found(trace: &Trace) -> Diagnosis {
        let mut diagnosis = Diagnosis::default();
        find(&mut diagnosis, trace, Verdict::Race, &Names::of(trace));
        diagnosis
    }

    #[test]
    fn a_store_after_a_read_that_is_out_of_date_loses_an_update() {
        let diagnosis = found(&traces::lost_update());
        assert_eq!(
            diagnosis.sentences,
            ["Thread 1 overwrites at line 8 what thread 2 wrote to `counter`: both had read `0`."]
        );
        let notes: Vec<_> = diagnosis.notes.into_iter().collect();
        assert_eq!(notes, [(5, "overwrites step 5: both had read 0".to_owned())]);
    }

    #[test]
    fn one_after_the_other_loses_nothing() {
        let mut trace = traces::lost_update();
        // Thread 2 reads only when thread 1 has written.
        trace.steps.swap(3, 5);
        let threads: Vec<_> = trace.steps[2..6].iter().map(|step| step.thread).collect();
        assert_eq!(threads, [1, 1, 2, 2]);
        assert!(found(&trace).sentences.is_empty());
    }

    #[test]
    fn a_store_of_one_who_never_looked_is_no_lost_update() {
        let mut trace = traces::lost_update();
        trace.steps.remove(2);
        assert!(found(&trace).notes.is_empty());
    }

    #[test]
    fn to_look_and_to_act_under_two_locks_is_told() {
        assert_eq!(
            found(&traces::check_then_act()).sentences,
            [
                "Thread 1 looked at `seats` at line 3 and found `1`; thread 2 changed it before thread 1 wrote to it at line 4."
            ]
        );
    }

    #[test]
    fn to_look_again_after_a_wait_is_right() {
        let trace = traces::waits_rightly();
        assert!(
            found(&trace).sentences.is_empty(),
            "{:?}",
            found(&trace).sentences
        );
    }
}
