//! Threads that had not ended when the test had.

use std::collections::BTreeSet;

use kata_protocol::{Verdict, trace::Trace};

use super::{super::names::Names, Diagnosis};

/// The lines of so many last steps tell where a thread goes round.
const LAST: usize = 12;

/// Tells of each thread that runs for ever, or was still on its way.
pub(super) fn find(diagnosis: &mut Diagnosis, trace: &Trace, verdict: Verdict, names: &Names<'_>) {
    let unfinished = trace.threads.iter().enumerate().skip(1).filter(|(at, thread)| {
        let waits = trace.blocked.iter().any(|blocked| blocked.thread as usize == *at);
        !thread.finished && !waits
    });
    let unfinished: Vec<u32> = unfinished.filter_map(|(at, _)| u32::try_from(at).ok()).collect();
    let sentences = match verdict {
        Verdict::Livelock | Verdict::TimeLimit => {
            let test = trace.threads.first().is_some_and(|thread| !thread.finished);
            let joins = trace.blocked.iter().any(|blocked| blocked.thread == 0);
            let all = (test && !joins).then_some(0).into_iter().chain(unfinished);
            all.filter_map(|thread| goes_round(trace, thread, names))
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

/// `thread 1 never ends: it goes round lines 13, 14.`
fn goes_round(trace: &Trace, thread: u32, names: &Names<'_>) -> Option<String> {
    let own = trace
        .steps
        .iter()
        .rev()
        .filter(|step| step.thread == thread)
        .take(LAST);
    let lines: BTreeSet<_> = own
        .map(|step| (step.location.line, names.line_of(&step.location)))
        .collect();
    let lines: Vec<_> = lines.into_iter().map(|(_, line)| line).collect();
    if lines.is_empty() {
        return None;
    }
    Some(format!(
        "{} never ends: it goes round {}.",
        names.thread(thread),
        lines.join(", ")
    ))
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
    fn threads_that_wait_are_not_said_to_run() {
        assert!(found(&traces::two_locks(), Verdict::Deadlock).is_empty());
        assert!(found(&traces::two_locks(), Verdict::Livelock).is_empty());
    }
}
