//! A notification that was lost: it came while the thread that needs it was not waiting yet.

use kata_protocol::trace::{Blocked, Step, Trace};

use super::{
    super::{names::Names, row::number},
    Deed, Diagnosis,
};

/// Tells of each thread that waits for ever on a condition variable, and where its notification went.
pub(super) fn find(diagnosis: &mut Diagnosis, trace: &Trace, names: &Names<'_>) {
    let waiting = trace
        .blocked
        .iter()
        .filter(|blocked| blocked.op.starts_with("wait") && blocked.holders.is_empty());
    let waiting: Vec<&Blocked> = waiting.collect();
    let alone = waiting.len() == 1;
    let mut sentences = Vec::new();
    for blocked in waiting {
        let Some(waits) = begins(trace, blocked) else {
            continue;
        };
        let Some((notified, step)) = last_notification(trace, blocked) else {
            continue;
        };
        let (who, begins) = (
            names.thread(blocked.thread),
            names.line_of(&trace.steps[waits].location),
        );
        let (notifier, line) = (names.thread(step.thread), names.line_of(&step.location));
        if step.thread == blocked.thread && !alone {
            continue;
        }
        if step.thread == blocked.thread {
            sentences.push(super::sentence(format!(
                "{who}'s own notification at {line} came before that, when nobody was waiting: none is kept for later."
            )));
        } else if step.threads.is_empty() && notified < waits {
            sentences.push(format!(
                "The notification was lost: {notifier} notified at {line} while nobody was waiting; {who} began to wait at {begins}, after that."
            ));
            diagnosis.notes.insert(
                waits,
                format!("too late: the notification was step {}", number(trace, notified)),
            );
        } else if step.threads.contains(&blocked.thread) {
            sentences.push(format!(
                "The last notification, by {notifier} at {line}, woke {who}, which went back to sleep at {begins}."
            ));
        } else if !step.threads.is_empty() {
            let woken: Vec<_> = step.threads.iter().map(|thread| names.thread(*thread)).collect();
            sentences.push(format!(
                "The last notification, by {notifier} at {line}, went to {} and not to {who}.",
                woken.join(" and ")
            ));
        } else {
            continue;
        }
        diagnosis.steps.extend([waits, notified]);
        diagnosis.objects.extend(blocked.object);
        diagnosis.mark(&step.location, notifier, Deed::Notifies);
    }
    diagnosis.say(sentences);
}

/// The step with which a thread began to wait as it does now.
fn begins(trace: &Trace, blocked: &Blocked) -> Option<usize> {
    trace.steps.iter().rposition(|step| {
        step.thread == blocked.thread && step.object == blocked.object && step.op.starts_with("wait")
    })
}

/// The last notification on what a thread waits on: one of another thread, which alone can have been meant for it, or the
/// thread's own, if no other has notified and its own woke nobody.
fn last_notification<'a>(trace: &'a Trace, blocked: &Blocked) -> Option<(usize, &'a Step)> {
    let last = |own: bool| {
        let of_it = |step: &Step| {
            let by = (step.thread == blocked.thread) == own;
            step.object == blocked.object && by && step.op.starts_with("notify")
        };
        let at = trace.steps.iter().rposition(of_it)?;
        Some((at, &trace.steps[at]))
    };
    last(false).or_else(|| last(true).filter(|(_, step)| step.threads.is_empty()))
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
    fn a_notification_that_came_too_early_was_lost() {
        let diagnosis = found(&traces::missed_signal());
        assert_eq!(
            diagnosis.sentences,
            [
                "The notification was lost: thread 1 notified at line 12 while nobody was waiting; the test began to wait at line 17, after that."
            ]
        );
        assert_eq!(diagnosis.notes.len(), 1);
    }

    #[test]
    fn a_notification_that_woke_another_is_told_so() {
        let mut trace = traces::missed_signal();
        let notify = trace
            .steps
            .iter()
            .position(|step| step.op == "notify_one")
            .unwrap();
        trace.steps[notify].threads = vec![2];
        assert_eq!(
            found(&trace).sentences,
            ["The last notification, by thread 1 at line 12, went to thread 2 and not to the test."]
        );
    }

    #[test]
    fn a_notification_of_its_own_is_not_kept_for_later() {
        let mut trace = traces::missed_signal();
        let waiter = trace.blocked[0].thread;
        let notify = trace.steps.iter_mut().find(|step| step.op == "notify_one");
        notify.unwrap().thread = waiter;
        let sentences = found(&trace).sentences;
        assert_eq!(
            sentences,
            [
                "The test's own notification at line 12 came before that, when nobody was waiting: none is kept for later."
            ]
        );
        // One that woke somebody was not lost.
        let notify = trace.steps.iter_mut().find(|step| step.op == "notify_one");
        notify.unwrap().threads = vec![1];
        assert!(found(&trace).sentences.is_empty());
    }

    #[test]
    fn one_who_was_woken_and_went_back_to_sleep_is_told() {
        let mut trace = traces::missed_signal();
        let waiter = trace.blocked[0].thread;
        let notify = trace.steps.iter_mut().find(|step| step.op == "notify_one");
        notify.unwrap().threads = vec![waiter];
        assert_eq!(
            found(&trace).sentences,
            [
                "The last notification, by thread 1 at line 12, woke the test, which went back to sleep at line 17."
            ]
        );
    }

    #[test]
    fn without_a_notification_there_is_nothing_to_lose() {
        let mut trace = traces::missed_signal();
        trace.steps.retain(|step| step.op != "notify_one");
        assert!(found(&trace).sentences.is_empty());
    }
}
