//! A thread that woke without a reason, as a wait may, and went on as if it had one.

use kata_protocol::trace::{Step, Trace};

use super::{super::names::Names, Deed, Diagnosis};

/// What the model notes at such an awakening.
const NO_REASON: &str = "woke without a reason";

/// Tells of each awakening without a reason that a thread did not go back to sleep after, where nobody had touched what its
/// lock protects.
pub(super) fn find(diagnosis: &mut Diagnosis, trace: &Trace, names: &Names<'_>) {
    let mut sentences = Vec::new();
    for (at, step) in trace.steps.iter().enumerate() {
        if step.note.as_deref() != Some(NO_REASON) || names.is_of_test(&step.location) {
            continue;
        }
        let Some((began, lock)) = goes_on(trace, at, step) else {
            continue;
        };
        let (who, line) = (names.thread(step.thread), names.line_of(&step.location));
        let lock_name = names.object(lock);
        sentences.push(super::sentence(format!(
            "{who} woke at {line} without a reason, as a wait may, and went on, although nobody had touched `{lock_name}` in the meantime: look again after each awakening, in a loop."
        )));
        diagnosis
            .notes
            .insert(at, "and goes on, although nothing has changed".to_owned());
        diagnosis.steps.extend([began, at]);
        diagnosis.objects.insert(lock);
        diagnosis.mark(&step.location, who, Deed::Wakes);
    }
    sentences.dedup();
    diagnosis.say(sentences);
}

/// Where the wait began and which lock it gave back, if the thread does not wait again, and nobody else took that lock.
fn goes_on(trace: &Trace, woken: usize, step: &Step) -> Option<(usize, u32)> {
    let own = |other: &Step| other.thread == step.thread;
    let began = trace.steps[..woken]
        .iter()
        .rposition(|other| own(other) && other.object == step.object && other.op.starts_with("wait"))?;
    let after = trace.steps.get(woken + 1..)?;
    let relocked = after
        .iter()
        .position(|other| own(other) && other.op == "relock")?;
    let lock = after[relocked].object?;
    let next = after[relocked + 1..]
        .iter()
        .find(|other| own(other) && other.op != "now")?;
    let again = next.object == step.object && next.op.starts_with("wait");
    let between = &trace.steps[began..woken + 1 + relocked];
    let touched = between
        .iter()
        .any(|other| !own(other) && other.object == Some(lock));
    (!again && !touched).then_some((began, lock))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::traces;

    fn found(trace: &Trace) -> Diagnosis {
        let mut diagnosis = Diagnosis::default();
        find(&mut diagnosis, trace, &Names::of(trace));
        diagnosis
    }

    #[test]
    fn to_go_on_after_an_awakening_without_a_reason_is_told() {
        let diagnosis = found(&traces::wakes_and_goes_on());
        assert_eq!(
            diagnosis.sentences,
            [
                "The test woke at line 17 without a reason, as a wait may, and went on, although nobody had touched `done` in the meantime: look again after each awakening, in a loop."
            ]
        );
        assert_eq!(diagnosis.notes.len(), 1);
    }

    #[test]
    fn to_go_on_when_another_has_had_the_lock_may_be_right() {
        let mut trace = traces::wakes_and_goes_on();
        let woken = trace.steps.iter().position(|step| step.op == "woken").unwrap();
        let mut taken = trace.steps[woken + 1].clone();
        taken.thread = 1;
        taken.op = "lock".to_owned();
        trace.steps.insert(woken, taken);
        assert!(found(&trace).sentences.is_empty());
    }

    #[test]
    fn to_go_back_to_sleep_is_right() {
        let mut trace = traces::wakes_and_goes_on();
        let relocked = trace.steps.iter().position(|step| step.op == "relock").unwrap();
        let wait = trace.steps.iter().find(|step| step.op == "wait").unwrap().clone();
        trace.steps.insert(relocked + 1, wait);
        assert!(found(&trace).sentences.is_empty());
    }

    #[test]
    fn an_awakening_with_a_reason_is_nothing_to_tell() {
        let mut trace = traces::wakes_and_goes_on();
        for step in &mut trace.steps {
            step.note = None;
        }
        assert!(found(&trace).sentences.is_empty());
    }
}
