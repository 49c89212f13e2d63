//! The step after which the test failed: what other threads did later has no part in it.

use kata_protocol::{
    Verdict,
    trace::{Step, Trace},
};

use super::{super::names::Names, Diagnosis};

/// Marks the test's last step, where it is one of the test's own and not one of the code under test, and others went on
/// after it; tells of those that had not come to their end then.
pub(super) fn find(diagnosis: &mut Diagnosis, trace: &Trace, verdict: Verdict, names: &Names<'_>) {
    if !matches!(verdict, Verdict::Race | Verdict::WrongAnswer) {
        return;
    }
    let Some(at) = trace
        .steps
        .iter()
        .rposition(|step| step.thread == 0 && !is_farewell(step))
    else {
        return;
    };
    let step = &trace.steps[at];
    // When a scope ends, or a spawn was the last thing, what failed may have been a thread, before or after.
    let unclear = matches!(step.op.as_str(), "scope ends" | "spawn" | "end" | "returns");
    // What the test did on its way out it may have done before it failed: then nobody knows who was first.
    let last = trace
        .steps
        .iter()
        .rposition(|step| step.thread == 0)
        .unwrap_or(at);
    let unclear = unclear || trace.steps[at..last].iter().any(|step| step.thread != 0);
    let after = &trace.steps[last + 1..];
    let others: Vec<u32> = (1..trace.threads.len() as u32)
        .filter(|thread| {
            after
                .iter()
                .any(|step| step.thread == *thread && !is_farewell(step))
        })
        .collect();
    if unclear || others.is_empty() || !names.is_of_test(&step.location) {
        return;
    }
    diagnosis.fails_after = Some(at);
    diagnosis.steps.insert(at);
    diagnosis
        .notes
        .entry(at)
        .or_insert_with(|| "the test fails after this step".to_owned());
    // Of those that never ended it is said already.
    let ended = |thread: &u32| trace.threads[*thread as usize].finished;
    let sentences = others.into_iter().filter(ended).map(|thread| {
        let last = trace.steps[..at].iter().rev().find(|step| step.thread == thread);
        let who = names.thread(thread);
        super::sentence(match last {
            Some(last) if names.is_of_test(&last.location) => {
                format!("{who} had not ended when the test failed.")
            }
            Some(last) => format!(
                "{who} had not ended when the test failed: it had come to {}.",
                names.line_of(&last.location)
            ),
            None => format!("{who} had not even begun when the test failed."),
        })
    });
    // Who was late matters only where nothing else went wrong.
    if diagnosis.sentences.is_empty() {
        diagnosis.say(sentences.collect());
    }
}

/// What a thread does on its way out, whatever it was doing.
fn is_farewell(step: &Step) -> bool {
    let ops = ["drop", "drop sender", "drop receiver", "unlock", "end", "returns"];
    ops.contains(&step.op.as_str())
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

    /// The test looks, and fails, before thread 2 has written.
    fn too_early() -> Trace {
        let mut trace = traces::lost_update();
        let mut look = trace.steps.pop().unwrap();
        look.location = trace.threads[0].spawned.clone();
        trace.steps.retain(|step| step.op != "join");
        trace.steps.insert(4, look);
        trace
    }

    #[test]
    fn who_goes_on_after_the_failure_is_told() {
        let trace = too_early();
        let diagnosis = found(&trace);
        assert_eq!(diagnosis.fails_after, Some(4));
        assert_eq!(
            diagnosis.sentences,
            [
                "Thread 1 had not ended when the test failed: it had come to line 7.",
                "Thread 2 had not ended when the test failed: it had come to line 7.",
            ]
        );
    }

    #[test]
    fn a_last_step_of_the_code_under_test_tells_nothing() {
        let mut trace = too_early();
        trace.steps[4].location = trace.steps[3].location.clone();
        assert_eq!(found(&trace).fails_after, None);
    }

    #[test]
    fn where_nobody_goes_on_there_is_nothing_to_tell() {
        let mut trace = too_early();
        let look = trace.steps.remove(4);
        trace.steps.push(look);
        assert_eq!(found(&trace).fails_after, None);
        assert!(found(&trace).sentences.is_empty());
    }

    #[test]
    fn where_the_test_may_have_failed_later_nothing_is_told() {
        let mut trace = too_early();
        let mut unlock = trace.steps[4].clone();
        unlock.op = "unlock".to_owned();
        trace.steps.insert(5, unlock.clone());
        assert_eq!(found(&trace).fails_after, Some(4));
        trace.steps.remove(5);
        trace.steps.insert(6, unlock);
        assert_eq!(found(&trace).fails_after, None);
    }
}
