//! Threads that can never go on: the cycle in which they wait for each other, and those that wait for something else.

use kata_protocol::{
    Verdict,
    trace::{Blocked, Trace},
};

use super::{
    super::names::Names,
    Deed, Diagnosis,
    waiting::{alike, for_the_moment, in_vain, waits, words},
};

/// Tells of every thread that waits for ever: first those of a cycle, each after the one that waits for it.
pub(super) fn find(diagnosis: &mut Diagnosis, trace: &Trace, verdict: Verdict, names: &Names<'_>) {
    let waiting: Vec<Blocked> = trace
        .blocked
        .iter()
        .filter(|blocked| waits(blocked) || in_vain(trace, blocked))
        .filter(|blocked| !for_the_moment(trace, blocked))
        .cloned()
        .collect();
    if waiting.is_empty() {
        return;
    }
    let cycle = cycle(&waiting);
    match cycle.len() {
        0 | 1 => {}
        2 => diagnosis
            .sentences
            .push("Two threads wait for each other:".to_owned()),
        more => diagnosis
            .sentences
            .push(format!("{more} threads wait for each other in a ring:")),
    }
    if cycle.len() > 1 {
        // Who has what is said by the next one's sentence.
        let ring = cycle
            .iter()
            .map(|blocked| format!("  {}", words(trace, &[*blocked], &[], names)));
        diagnosis.say(ring.collect());
    }
    let ring =
        |blocked: &&Blocked| cycle.len() > 1 && cycle.iter().any(|other| other.thread == blocked.thread);
    let others: Vec<_> = waiting.iter().filter(|blocked| !ring(blocked)).collect();
    // A test that waits for its threads is what follows from the fault, not the fault; unless it is all there is.
    let joins = |blocked: &&&Blocked| blocked.thread == 0 && !blocked.joins.is_empty();
    let told: Vec<_> = match waiting.len() {
        1 if verdict != Verdict::Livelock => others,
        _ => others.iter().filter(|blocked| !joins(blocked)).copied().collect(),
    };
    let mut groups: Vec<Vec<&Blocked>> = Vec::new();
    for blocked in &told {
        match groups.iter_mut().find(|group| alike(group[0], blocked)) {
            Some(group) => group.push(blocked),
            None => groups.push(vec![blocked]),
        }
    }
    let sentences = groups
        .iter()
        .map(|group| super::sentence(words(trace, group, &waiting, names)));
    diagnosis.say(sentences.collect());
    let in_ring = cycle.iter().copied().filter(|blocked| ring(blocked));
    for blocked in in_ring.chain(told) {
        involve(diagnosis, trace, blocked, names);
    }
}

/// Notes what a thread that waits has to do with the failure.
fn involve(diagnosis: &mut Diagnosis, trace: &Trace, blocked: &Blocked, names: &Names<'_>) {
    diagnosis.waiting.push(blocked.thread);
    diagnosis.mark(&blocked.location, names.thread(blocked.thread), Deed::Waits);
    diagnosis.objects.extend(blocked.object);
    for holder in &blocked.holders {
        let taken = trace.steps.iter().rposition(|step| {
            step.thread == holder.thread && step.object == blocked.object && step.location == holder.since
        });
        diagnosis.steps.extend(taken);
    }
    let channel = blocked.object.filter(|_| blocked.op.starts_with("recv"));
    if let Some(made) = channel.and_then(|object| trace.objects.get(object as usize)) {
        diagnosis.mark(&made.created, "the channel".to_owned(), Deed::IsMade);
    }
}

/// The blocked threads that wait for each other, each followed by the one it waits for; empty when none do.
fn cycle(blocked: &[Blocked]) -> Vec<&Blocked> {
    let of = |thread: u32| blocked.iter().find(|blocked| blocked.thread == thread);
    for start in blocked {
        // From each thread there may be several ways on (readers of one lock): all are tried, none twice.
        let mut ways = vec![vec![start]];
        let mut seen = std::collections::BTreeSet::new();
        while let Some(way) = ways.pop() {
            let Some(last) = way.last() else { continue };
            let on = last
                .holders
                .iter()
                .map(|holder| holder.thread)
                .chain(last.joins.iter().copied());
            for next in on {
                if next == start.thread {
                    return way;
                }
                if let Some(next) = of(next).filter(|next| seen.insert(next.thread)) {
                    let mut longer = way.clone();
                    longer.push(next);
                    ways.push(longer);
                }
            }
        }
    }
    Vec::new()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::traces;

    fn found(trace: &Trace) -> Diagnosis {
        let mut diagnosis = Diagnosis::default();
        find(&mut diagnosis, trace, Verdict::Deadlock, &Names::of(trace));
        diagnosis
    }

    #[test]
    fn a_deadlock_is_told_as_its_cycle() {
        assert_eq!(
            found(&traces::two_locks()).sentences,
            [
                "Two threads wait for each other:",
                "  thread 1 waits at 9:27 for `b`, held by thread 2 since line 14.",
                "  thread 2 waits at 15:23 for `a`, held by thread 1 since line 8.",
            ]
        );
    }

    #[test]
    fn each_of_a_ring_waits_for_the_next() {
        let sentences = found(&traces::philosophers()).sentences;
        assert_eq!(sentences[0], "5 threads wait for each other in a ring:");
        assert!(sentences[1].contains("thread 1 waits"), "{sentences:?}");
        assert!(sentences[1].contains("held by thread 2 since"), "{sentences:?}");
        assert!(sentences[5].contains("held by thread 1 since"), "{sentences:?}");
    }

    #[test]
    fn the_cycle_is_found_behind_one_who_waits_for_it() {
        let mut trace = traces::two_locks();
        // A third thread wants what the first has, and comes first.
        let mut third = trace.blocked[2].clone();
        third.thread = 9;
        trace.blocked.insert(0, third);
        let ring: Vec<_> = cycle(&trace.blocked)
            .iter()
            .map(|blocked| blocked.thread)
            .collect();
        assert_eq!(ring, [1, 2]);
    }

    #[test]
    fn a_thread_that_holds_what_it_wants_is_told_so() {
        let mut trace = traces::two_locks();
        trace.blocked.retain(|blocked| blocked.thread == 1);
        trace.blocked[0].holders[0].thread = 1;
        assert_eq!(
            found(&trace).sentences,
            ["Thread 1 waits at 9:27 for `b`, held by itself since line 14: it cannot take it twice."]
        );
    }

    #[test]
    fn a_test_that_joins_while_it_holds_a_lock_is_part_of_the_cycle() {
        let mut trace = traces::two_locks();
        trace.blocked.pop();
        trace.blocked[1].holders[0].thread = 0;
        let diagnosis = found(&trace);
        assert_eq!(
            diagnosis.sentences,
            [
                "Two threads wait for each other:",
                "  the test waits at 18:9 for the end of thread 1.",
                "  thread 1 waits at 9:27 for `b`, held by the test since line 14.",
            ]
        );
        assert_eq!(diagnosis.waiting, [0, 1]);
    }

    #[test]
    fn a_receiver_that_waits_for_ever_is_told_why() {
        let sentences = found(&traces::receiver()).sentences;
        assert_eq!(sentences.len(), 1, "{sentences:?}");
        assert!(sentences[0].contains("a sender is still alive"), "{sentences:?}");
    }

    #[test]
    fn a_test_that_joins_is_told_of_when_it_is_all_there_is() {
        let mut trace = traces::two_locks();
        trace.blocked.retain(|blocked| blocked.thread == 0);
        assert_eq!(
            found(&trace).sentences,
            ["The test waits at 18:9 for the end of thread 1."]
        );
    }

    #[test]
    fn who_waits_alike_is_told_of_in_one_sentence() {
        let mut trace = traces::missed_signal();
        let mut other = trace.blocked[0].clone();
        other.thread = 1;
        trace.blocked.push(other);
        assert_eq!(
            found(&trace).sentences,
            ["The test and thread 1 wait at 17:24 on `ready`, and nobody is left to notify it."]
        );
    }

    #[test]
    fn what_nobody_notifies_is_told() {
        let mut trace = traces::missed_signal();
        trace.steps.retain(|step| step.op != "notify_one");
        let sentences = found(&trace).sentences;
        assert!(sentences[0].contains("which nobody notifies"), "{sentences:?}");
    }

    #[test]
    fn who_waits_with_a_lock_in_hand_is_told_so() {
        let mut trace = traces::two_locks();
        let first = trace
            .blocked
            .iter_mut()
            .find(|blocked| blocked.thread == 1)
            .unwrap();
        first.op = "barrier wait".to_owned();
        first.holders.clear();
        let sentences = found(&trace).sentences;
        assert!(
            sentences[0].ends_with("All the while thread 1 holds `a`, for which thread 2 waits."),
            "{sentences:?}"
        );
    }

    #[test]
    fn a_sender_that_hands_over_in_person_is_not_told_that_it_is_full() {
        let mut trace = traces::receiver();
        trace.steps.truncate(3);
        trace.steps[2].note = Some("waits for the receiver".to_owned());
        trace.blocked[0].thread = 1;
        trace.blocked[0].op = "send".to_owned();
        trace.blocked[0].object = None;
        let sentences = found(&trace).sentences;
        assert!(
            sentences[0].contains("until a receiver takes the message: `receiver`"),
            "{sentences:?}"
        );
        trace.steps[2].note = None;
        assert!(found(&trace).sentences[0].contains("which is full"));
    }

    #[test]
    fn an_unlock_or_a_limit_never_waits_for_ever() {
        for op in ["unlock", "recv_timeout", "wait_timeout", "try_lock"] {
            let mut trace = traces::two_locks();
            trace.blocked.retain(|blocked| blocked.thread == 1);
            trace.blocked[0].op = op.to_owned();
            trace.blocked[0].holders[0].thread = 1;
            assert!(found(&trace).sentences.is_empty(), "{op}");
        }
    }

    #[test]
    fn to_try_in_vain_is_to_wait() {
        let mut trace = traces::two_locks();
        for (at, blocked) in trace.blocked.iter_mut().enumerate().skip(1) {
            blocked.op = "try_lock".to_owned();
            let mut tries = trace.steps.iter().find(|step| step.op == "lock").unwrap().clone();
            tries.thread = at as u32;
            tries.op = "try_lock".to_owned();
            tries.object = blocked.object;
            tries.note = Some("would block".to_owned());
            trace.steps.extend([tries.clone(), tries.clone(), tries]);
        }
        let sentences = found(&trace).sentences;
        assert_eq!(sentences[0], "Two threads wait for each other:");
        assert!(sentences[1].contains("tries again and again"), "{sentences:?}");
    }

    #[test]
    fn who_waits_for_one_that_runs_waits_for_the_moment() {
        let mut trace = traces::two_locks();
        trace.blocked.retain(|blocked| blocked.thread == 1);
        assert!(found(&trace).sentences.is_empty());
    }

    #[test]
    fn one_that_runs_on_does_not_wait() {
        let mut trace = traces::two_locks();
        for blocked in &mut trace.blocked {
            blocked.op = "load".to_owned();
            blocked.holders.clear();
            blocked.joins.clear();
        }
        let diagnosis = found(&trace);
        assert!(diagnosis.sentences.is_empty() && diagnosis.waiting.is_empty());
    }

    #[test]
    fn nobody_waits_and_nothing_is_said() {
        assert!(found(&traces::lost_update()).sentences.is_empty());
    }
}
