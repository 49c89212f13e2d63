//! Threads that had not ended when the test had.

use std::collections::{BTreeMap, BTreeSet};

use kata_protocol::{
    Verdict,
    trace::{Blocked, Step, Trace},
};
use kata_untrusted::clean_line;

use super::{
    super::names::Names,
    Diagnosis, and,
    waiting::{for_the_moment, waits},
};
use crate::page::{cut, grouped};

/// The lines of so many last steps tell where a thread goes round.
const LAST: usize = 12;

/// Who comes to a place so often goes round; who comes there seldom may just have been stopped on the way.
const OFTEN: usize = 8;

/// A value is not shown wider than this.
const WIDEST: usize = 24;

/// Tells of each thread that runs for ever, or was still on its way.
pub(super) fn find(diagnosis: &mut Diagnosis, trace: &Trace, verdict: Verdict, names: &Names<'_>) {
    let unfinished = trace.threads.iter().enumerate().skip(1).filter(|(at, thread)| {
        let own = |blocked: &&Blocked| blocked.thread as usize == *at;
        let waits = trace
            .blocked
            .iter()
            .filter(own)
            .any(|blocked| waits(blocked) && !for_the_moment(trace, blocked));
        let told = diagnosis.waiting.iter().any(|thread| *thread as usize == *at);
        !thread.finished && !waits && !told
    });
    let unfinished: Vec<u32> = unfinished.filter_map(|(at, _)| u32::try_from(at).ok()).collect();
    let sentences = match verdict {
        Verdict::Livelock | Verdict::TimeLimit => {
            let test = trace.threads.first().is_some_and(|thread| !thread.finished);
            let own = |blocked: &&Blocked| blocked.thread == 0;
            let joins = trace.blocked.iter().filter(own).any(waits);
            let all = (test && !joins).then_some(0).into_iter().chain(unfinished);
            let all: Vec<u32> = all.collect();
            for thread in &all {
                let own = last_steps(trace, *thread);
                diagnosis
                    .watched
                    .extend(own.iter().filter_map(|step| step.object));
            }
            let ended = trace
                .threads
                .iter()
                .enumerate()
                .filter(|(_, thread)| thread.finished);
            let ended = ended.filter_map(|(at, _)| u32::try_from(at).ok());
            // Who goes round says more than who happened to be on the way when the schedule was stopped.
            let often = all.iter().copied().chain(ended);
            let often: Vec<u32> = often.filter(|thread| rounds(trace, *thread).1 >= OFTEN).collect();
            let told = if often.is_empty() { all } else { often };
            told.into_iter()
                .filter_map(|thread| goes_round(trace, thread, names))
                .collect()
        }
        Verdict::Race | Verdict::WrongAnswer | Verdict::Leak => unfinished
            .into_iter()
            .map(|thread| match last_line(trace, thread, names) {
                Some(line) => format!(
                    "{} had not ended when the test did: it had come to {line}.",
                    names.thread(thread)
                ),
                None => format!("{} had not even begun when the test ended.", names.thread(thread)),
            })
            .collect(),
        _ => return,
    };
    let sentences: Vec<String> = sentences;
    diagnosis.say(sentences.into_iter().map(super::sentence).collect());
}

/// `thread 1 never ends: it goes round line 13 and line 14, at least 300 times here, and ready stays false.`
fn goes_round(trace: &Trace, thread: u32, names: &Names<'_>) -> Option<String> {
    let own = last_steps(trace, thread);
    let (round, times) = rounds(trace, thread);
    let who = names.thread(thread);
    if times < OFTEN {
        let around = own.iter().map(|step| place(step)).collect();
        let lines = lines(trace, thread, &around, names);
        let finds = finds(&own, names);
        return (!lines.is_empty())
            .then(|| format!("{who} never ends: it goes round {}{finds}.", and(&lines)));
    }
    let steps = trace.steps.iter().filter(|step| step.thread == thread);
    let steps: Vec<&Step> = steps.filter(|step| round.contains(&place(step))).collect();
    let (lines, finds) = (and(&lines(trace, thread, &round, names)), finds(&steps, names));
    let least = if trace.left_out > 0 { "at least " } else { "" };
    let times = format!("{least}{} times", grouped(times as u64));
    let ended = trace
        .threads
        .get(thread as usize)
        .is_some_and(|thread| thread.finished);
    let in_it = own.iter().all(|step| round.contains(&place(step)));
    Some(match (ended, in_it) {
        (true, _) => format!("{who} went round {lines}, {times} here{finds}, before it ended."),
        (_, true) => format!("{who} never ends: it goes round {lines}, {times} here{finds}."),
        _ => format!(
            "{who} went round {lines}, {times} here{finds}, and had not ended when the schedule was stopped."
        ),
    })
}

/// Where a thread is in its code.
type Place<'a> = (&'a str, u32);

fn place(step: &Step) -> Place<'_> {
    (&step.location.file, step.location.line)
}

/// The places that a thread comes to again and again, and how often it came to the one of them that it came to most.
fn rounds(trace: &Trace, thread: u32) -> (BTreeSet<Place<'_>>, usize) {
    let mut counts: BTreeMap<(Place<'_>, &str), usize> = BTreeMap::new();
    for step in trace.steps.iter().filter(|step| step.thread == thread) {
        *counts.entry((place(step), &step.op)).or_default() += 1;
    }
    let most = counts.values().copied().max().unwrap_or(0);
    let often = counts.into_iter().filter(|(_, count)| count * 2 >= most);
    (often.map(|((place, _), _)| place).collect(), most)
}

/// The lines of some places, in their order; those of the test only where there are no others.
fn lines(trace: &Trace, thread: u32, around: &BTreeSet<Place<'_>>, names: &Names<'_>) -> Vec<String> {
    let steps = trace.steps.iter().filter(|step| step.thread == thread);
    let at = steps.filter(|step| around.contains(&place(step)));
    let at: BTreeMap<_, _> = at.map(|step| (place(step), &step.location)).collect();
    let of_learner = at.values().any(|location| !names.is_of_test(location));
    let shown = at
        .values()
        .filter(|location| !of_learner || !names.is_of_test(location));
    let mut lines: Vec<_> = shown.map(|location| names.line_of(location)).collect();
    lines.dedup();
    lines
}

/// What a thread finds each time round: a value that stays, a lock that is taken, a limit that runs out.
fn finds(steps: &[&Step], names: &Names<'_>) -> String {
    let stays = watched(steps).into_iter().map(|(object, value)| {
        let value = cut(&clean_line(value), WIDEST).replace('`', "'");
        format!(", and `{}` stays `{value}`", names.object(object))
    });
    // What is noted at one step in four is noted each time round: the others lead there, and back.
    let noted = |note: &str| {
        let mut noted = steps.iter().filter(|step| step.note.as_deref() == Some(note));
        let first = noted.next();
        first.filter(|_| (noted.count() + 1) * 4 >= steps.len())
    };
    let taken = noted("would block").and_then(|step| step.object);
    let taken = taken.map(|object| format!(", and finds `{}` taken", names.object(object)));
    let limit = noted("timed out").map(|_| ", each time because a limit has run out".to_owned());
    stays.chain(taken).chain(limit).collect()
}

fn last_steps(trace: &Trace, thread: u32) -> Vec<&Step> {
    let own = trace.steps.iter().rev().filter(|step| step.thread == thread);
    own.take(LAST).collect()
}

/// The objects that are read again and again, and have the same value each time.
fn watched<'a>(steps: &[&'a Step]) -> BTreeMap<u32, &'a str> {
    let mut values: BTreeMap<u32, BTreeSet<Option<&str>>> = BTreeMap::new();
    for step in steps {
        if let Some(object) = step.object {
            let seen = values.entry(object).or_default();
            seen.insert(step.read.as_deref().filter(|_| step.wrote.is_none()));
        }
    }
    let constant = values.into_iter().filter(|(_, seen)| seen.len() == 1);
    constant
        .filter_map(|(object, seen)| Some((object, seen.into_iter().next()??)))
        .collect()
}

fn last_line(trace: &Trace, thread: u32, names: &Names<'_>) -> Option<String> {
    let last = trace.steps.iter().rev().find(|step| step.thread == thread)?;
    Some(names.line_of(&last.location))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::traces;

    fn found(trace: &Trace, verdict: Verdict) -> Vec<String> {
        let mut diagnosis = Diagnosis::default();
        find(&mut diagnosis, trace, verdict, &Names::of(trace));
        diagnosis.sentences
    }

    #[test]
    fn a_thread_that_nobody_joined_had_not_ended() {
        let mut trace = traces::lost_update();
        trace.threads[2].finished = false;
        assert_eq!(
            found(&trace, Verdict::Race),
            ["Thread 2 had not ended when the test did: it had come to line 8."]
        );
        trace.steps.retain(|step| step.thread != 2);
        assert_eq!(
            found(&trace, Verdict::Race),
            ["Thread 2 had not even begun when the test ended."]
        );
    }

    #[test]
    fn a_thread_that_runs_for_ever_is_told_by_its_lines() {
        let mut trace = traces::lost_update();
        trace.threads[1].finished = false;
        assert_eq!(
            found(&trace, Verdict::Livelock),
            ["Thread 1 never ends: it goes round line 7 and line 8."]
        );
    }

    #[test]
    fn what_a_thread_waits_for_in_a_loop_is_told_with_its_value() {
        assert_eq!(
            found(&traces::spinning(), Verdict::Livelock),
            [
                "The test never ends: it goes round line 7 and line 8, 20 times here, and `ready` stays `false`.",
                "Thread 1 never ends: it goes round line 4, 20 times here, and `taken` stays `false`.",
            ]
        );
    }

    #[test]
    fn a_loop_that_was_left_when_the_schedule_was_stopped_is_told() {
        assert_eq!(
            found(&traces::naps(), Verdict::Livelock),
            [
                "The test went round line 17, 20 times here, each time because a limit has run out, and had not ended when the schedule was stopped."
            ]
        );
    }

    #[test]
    fn threads_that_wait_are_not_said_to_run() {
        assert!(found(&traces::two_locks(), Verdict::Deadlock).is_empty());
        assert!(found(&traces::two_locks(), Verdict::Livelock).is_empty());
    }
}
