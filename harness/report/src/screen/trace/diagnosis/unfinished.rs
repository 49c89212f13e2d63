//! Threads that had not ended when the test had.

use std::collections::{BTreeMap, BTreeSet};

use kata_protocol::{
    Verdict,
    trace::{Blocked, Step, Trace},
};
use kata_untrusted::clean_line;

use super::{super::names::Names, Diagnosis, deadlock::waits};
use crate::page::cut;

/// The lines of so many last steps tell where a thread goes round.
const LAST: usize = 12;

/// A value is not shown wider than this.
const WIDEST: usize = 24;

/// Tells of each thread that runs for ever, or was still on its way.
pub(super) fn find(diagnosis: &mut Diagnosis, trace: &Trace, verdict: Verdict, names: &Names<'_>) {
    let unfinished = trace.threads.iter().enumerate().skip(1).filter(|(at, thread)| {
        let own = |blocked: &&Blocked| blocked.thread as usize == *at;
        let waits = trace.blocked.iter().filter(own).any(waits);
        !thread.finished && !waits
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
            all.into_iter()
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

/// `thread 1 never ends: it goes round line 13, line 14, and ready stays false.`
fn goes_round(trace: &Trace, thread: u32, names: &Names<'_>) -> Option<String> {
    let own = last_steps(trace, thread);
    let lines: BTreeSet<_> = own
        .iter()
        .map(|step| (step.location.line, names.line_of(&step.location)))
        .collect();
    let lines: Vec<_> = lines.into_iter().map(|(_, line)| line).collect();
    if lines.is_empty() {
        return None;
    }
    let stays = watched(&own).into_iter().map(|(object, value)| {
        let value = cut(&clean_line(value), WIDEST).replace('`', "'");
        format!(", and `{}` stays `{value}`", names.object(object))
    });
    let who = names.thread(thread);
    Some(format!(
        "{who} never ends: it goes round {}{}.",
        lines.join(", "),
        stays.collect::<String>()
    ))
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
            ["Thread 1 never ends: it goes round line 7, line 8."]
        );
    }

    #[test]
    fn what_a_thread_waits_for_in_a_loop_is_told_with_its_value() {
        assert_eq!(
            found(&traces::spinning(), Verdict::Livelock),
            [
                "The test never ends: it goes round line 7, line 8, and `ready` stays `false`.",
                "Thread 1 never ends: it goes round line 4, and `taken` stays `false`.",
            ]
        );
    }

    #[test]
    fn threads_that_wait_are_not_said_to_run() {
        assert!(found(&traces::two_locks(), Verdict::Deadlock).is_empty());
        assert!(found(&traces::two_locks(), Verdict::Livelock).is_empty());
    }
}
