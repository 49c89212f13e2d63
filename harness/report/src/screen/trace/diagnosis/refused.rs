//! A thread that finds a lock taken, or a value changed, and goes on without having done its part.

use kata_protocol::trace::{Step, Trace};

use super::{super::names::Names, Deed, Diagnosis};

/// Why a step did nothing.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Refused {
    /// Another thread has the lock.
    Taken,
    /// The value is not the one that was expected.
    Changed,
}

/// Tells of each thread that was refused something, and did not come back for it.
pub(super) fn find(diagnosis: &mut Diagnosis, trace: &Trace, names: &Names<'_>) {
    let mut sentences = Vec::new();
    for (at, step) in trace.steps.iter().enumerate() {
        let Some((object, refused)) = step.object.zip(refused(step)) else {
            continue;
        };
        let again = |other: &Step| {
            // To look once more, for what to return say, is no second try.
            let counts = refused == Refused::Taken || other.op != "load";
            other.thread == step.thread && other.object == Some(object) && counts
        };
        if trace.steps[at + 1..].iter().any(again) || names.is_of_test(&step.location) {
            continue;
        }
        let (who, line) = (names.thread(step.thread), names.line_of(&step.location));
        let (op, name) = (step.op.as_str(), names.object(object));
        let (sentence, note) = match refused {
            Refused::Taken => (
                format!(
                    "{who} found `{name}` taken at {line}, and went on without it: `{op}` gives up at once where `{}` waits.",
                    op.trim_start_matches("try_")
                ),
                "and does not come back for it",
            ),
            Refused::Changed => (
                format!(
                    "{who} found at {line} that `{name}` had changed, so its `{op}` did nothing, and it did not try again."
                ),
                "and does not try again",
            ),
        };
        sentences.push(super::sentence(sentence));
        diagnosis.notes.insert(at, note.to_owned());
        diagnosis.steps.insert(at);
        diagnosis.objects.insert(object);
        diagnosis.mark(&step.location, who, Deed::GivesUp);
    }
    sentences.dedup();
    diagnosis.say(sentences);
}

fn refused(step: &Step) -> Option<Refused> {
    match (step.op.as_str(), step.note.as_deref()?) {
        ("try_lock" | "try_read" | "try_write", "would block") => Some(Refused::Taken),
        ("compare_exchange" | "compare_exchange_weak", "fails") => Some(Refused::Changed),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::traces;

    fn gives_up() -> Trace {
        let mut trace = traces::two_locks();
        let taken = trace.steps.iter().rposition(|step| step.op == "lock").unwrap();
        let mut tries = trace.steps[taken].clone();
        tries.op = "try_lock".to_owned();
        tries.object = trace.steps[taken - 1].object;
        tries.read = None;
        tries.note = Some("would block".to_owned());
        trace.steps.push(tries);
        trace
    }

    fn found(trace: &Trace) -> Vec<String> {
        let mut diagnosis = Diagnosis::default();
        find(&mut diagnosis, trace, &Names::of(trace));
        diagnosis.sentences
    }

    #[test]
    fn one_who_gives_up_is_told() {
        let told = found(&gives_up());
        assert_eq!(told.len(), 1, "{told:?}");
        assert!(
            told[0].ends_with("went on without it: `try_lock` gives up at once where `lock` waits."),
            "{told:?}"
        );
    }

    #[test]
    fn one_who_tries_again_does_not_give_up() {
        let mut trace = gives_up();
        let mut again = trace.steps.last().unwrap().clone();
        again.note = None;
        trace.steps.push(again);
        assert!(found(&trace).is_empty());
    }

    #[test]
    fn one_who_does_not_exchange_again_is_told() {
        let mut trace = traces::lost_update();
        let store = trace.steps.iter_mut().rfind(|step| step.op == "store").unwrap();
        store.op = "compare_exchange".to_owned();
        store.note = Some("fails".to_owned());
        assert_eq!(
            found(&trace),
            [
                "Thread 1 found at line 8 that `counter` had changed, so its `compare_exchange` did nothing, and it did not try again."
            ]
        );
    }
}
