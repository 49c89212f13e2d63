//! Which steps are shown. What does not bear on the failure is folded away, and counted.

use std::collections::{BTreeMap, BTreeSet};

use kata_protocol::trace::{Step, Trace};

use super::{diagnosis::Diagnosis, names::Names};

/// The last so many steps before the failure are always shown.
const LAST: usize = 6;

/// So many steps on each side of one that the diagnosis names are kept with it.
const AROUND: usize = 2;

/// A table of more rows than this is folded; on a screen, more cannot be taken in.
const MOST: usize = 24;

/// A stretch that is shorter than this is not folded: saying so would take as much room.
const SHORT: usize = 3;

/// Where nothing is known of the failure, a table of so many rows is shown whole: any of them may be what matters.
const MOST_UNKNOWN: usize = 40;

/// The last so many steps of each thread that has to do with the failure are always shown.
const LAST_OF_EACH: usize = 3;

/// Nor are more threads than this shown for it.
const MOST_THREADS: usize = 6;

/// The last so many changes of what the test keeps count with are shown where nothing else is known of the failure.
const LAST_KEPT: usize = 12;

/// The steps on objects that the failure is about are shown however many there are, up to this: then only those around
/// what the diagnosis names are.
const MOST_INVOLVED: usize = 48;

/// A part of what is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// A step, by its place in the trace.
    Step(usize),
    /// A stretch of so many steps that is not shown.
    LeftOut(usize),
}

/// What is shown of a trace.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Folded {
    pub(super) parts: Vec<Part>,
    /// Steps that nobody misses: they begin and end threads, or touch what no other thread touches.
    pub(super) aside: usize,
    /// Steps that came when the test had failed already.
    pub(super) after: usize,
}

/// Chooses the steps to show.
pub(super) fn fold(trace: &Trace, diagnosis: &Diagnosis, names: &Names<'_>) -> Folded {
    let shared = shared(trace);
    let matters = |at: usize, step: &Step| {
        diagnosis.steps.contains(&at) || !is_aside(trace, at, step, &shared, diagnosis)
    };
    let end = diagnosis.fails_after.map_or(trace.steps.len(), |at| at + 1);
    let candidates = trace.steps[..end].iter().enumerate();
    let mut candidates: Vec<usize> = candidates
        .filter(|(at, step)| matters(*at, step))
        .map(|(at, _)| at)
        .collect();
    if candidates.is_empty() {
        candidates = (0..end).collect();
    }
    let kept = kept(trace, &candidates, diagnosis, names);
    let mut parts = Vec::new();
    if trace.left_out > 0 {
        parts.push(Part::LeftOut(trace.left_out));
    }
    let mut hidden: Vec<usize> = Vec::new();
    for at in &candidates {
        if !kept.contains(at) {
            hidden.push(*at);
            continue;
        }
        close(&mut parts, &mut hidden);
        parts.push(Part::Step(*at));
    }
    close(&mut parts, &mut hidden);
    Folded {
        parts,
        aside: end - candidates.len(),
        after: trace.steps.len() - end,
    }
}

/// Ends a stretch that is not shown.
fn close(parts: &mut Vec<Part>, hidden: &mut Vec<usize>) {
    match hidden.len() {
        0 => {}
        short if short < SHORT => parts.extend(hidden.iter().map(|at| Part::Step(*at))),
        long => match parts.last_mut() {
            Some(Part::LeftOut(before)) => *before = before.saturating_add(long),
            _ => parts.push(Part::LeftOut(long)),
        },
    }
    hidden.clear();
}

/// Those of the candidates that are shown.
fn kept(trace: &Trace, candidates: &[usize], diagnosis: &Diagnosis, names: &Names<'_>) -> BTreeSet<usize> {
    let unknown = diagnosis.sentences.is_empty();
    let most = if unknown { MOST_UNKNOWN } else { MOST };
    if candidates.len() <= most {
        return candidates.iter().copied().collect();
    }
    let last = candidates.iter().rev().take(LAST).copied();
    let mut kept: BTreeSet<usize> = last.collect();
    for (place, at) in candidates.iter().enumerate() {
        if diagnosis.steps.contains(at) {
            let around = place.saturating_sub(AROUND)..candidates.len().min(place + AROUND + 1);
            kept.extend(&candidates[around]);
        }
    }
    for thread in involved(trace, candidates, diagnosis) {
        let own = candidates
            .iter()
            .rev()
            .filter(|at| trace.steps[**at].thread == thread);
        kept.extend(own.take(LAST_OF_EACH));
    }
    let on = |objects: &BTreeSet<u32>| -> Vec<usize> {
        let on = |at: &usize| {
            trace.steps[*at]
                .object
                .is_some_and(|object| objects.contains(&object))
        };
        candidates.iter().copied().filter(on).collect()
    };
    let of_failure = on(&diagnosis.objects);
    if of_failure.len() <= MOST_INVOLVED {
        kept.extend(of_failure);
    }
    if unknown {
        let counts = on(&names.of_test());
        let changes = counts
            .into_iter()
            .rev()
            .filter(|at| trace.steps[*at].wrote.is_some());
        kept.extend(changes.take(LAST_KEPT));
    }
    kept
}

/// The threads that have to do with the failure; where none is known, those that did something last.
fn involved(trace: &Trace, candidates: &[usize], diagnosis: &Diagnosis) -> Vec<u32> {
    let named = diagnosis.steps.iter().filter_map(|at| trace.steps.get(*at));
    let named = named
        .map(|step| step.thread)
        .chain(diagnosis.waiting.iter().copied());
    let named: BTreeSet<u32> = named.collect();
    let last = candidates.iter().rev().map(|at| trace.steps[*at].thread);
    let mut threads = Vec::new();
    for thread in named.iter().copied().chain(last.filter(|_| named.is_empty())) {
        if threads.len() < MOST_THREADS && !threads.contains(&thread) {
            threads.push(thread);
        }
    }
    threads
}

/// Whether a step is of no interest.
fn is_aside(trace: &Trace, at: usize, step: &Step, shared: &BTreeSet<u32>, diagnosis: &Diagnosis) -> bool {
    let of_the_test = step.thread == 0;
    let noise = match step.op.as_str() {
        "end" | "returns" | "scope ends" => true,
        "spawn" | "join" | "now" => of_the_test,
        "yield_now" | "spin_loop" => true,
        // One reference fewer; only the last one takes the value with it.
        "drop" => step.note.is_none(),
        // Part of the step before it: to wait on a condition variable is to unlock, to be woken is to lock again.
        "unlock" => step.wrote.is_none() && follows(trace, at, step, &["wait", "wait_timeout"]),
        "relock" => step.read.is_none() && follows(trace, at, step, &["woken"]),
        _ => false,
    };
    let matters = |object: u32| {
        shared.contains(&object) || diagnosis.objects.contains(&object) || diagnosis.watched.contains(&object)
    };
    noise || step.object.is_some_and(|object| !matters(object))
}

/// Whether the step before is by the same thread, and one of these.
fn follows(trace: &Trace, at: usize, step: &Step, ops: &[&str]) -> bool {
    let before = at.checked_sub(1).and_then(|before| trace.steps.get(before));
    before.is_some_and(|before| before.thread == step.thread && ops.contains(&before.op.as_str()))
}

/// The objects that more than one thread touches, or waits for.
fn shared(trace: &Trace) -> BTreeSet<u32> {
    let mut users: BTreeMap<u32, BTreeSet<u32>> = BTreeMap::new();
    let steps = trace.steps.iter().map(|step| (step.object, step.thread));
    let blocked = trace
        .blocked
        .iter()
        .map(|blocked| (blocked.object, blocked.thread));
    for (object, thread) in steps.chain(blocked) {
        if let Some(object) = object {
            users.entry(object).or_default().insert(thread);
        }
    }
    users.retain(|_, users| users.len() > 1);
    users.into_keys().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        samples::traces,
        screen::trace::{diagnosis, names::Names},
    };
    use kata_protocol::Verdict;

    fn folded(trace: &Trace) -> Folded {
        let names = Names::of(trace);
        fold(trace, &diagnosis::of(trace, Verdict::Race, &names), &names)
    }

    #[test]
    fn spawns_and_joins_of_the_test_are_set_aside() {
        let trace = traces::lost_update();
        let folded = folded(&trace);
        assert_eq!(folded.aside, 6);
        let shown = |part: &Part| match part {
            Part::Step(at) => trace.steps[*at].op.clone(),
            Part::LeftOut(_) => unreachable!("a short trace is shown whole"),
        };
        let ops: Vec<_> = folded.parts.iter().map(shown).collect();
        assert_eq!(ops, ["load", "load", "store", "store", "load"]);
    }

    #[test]
    fn a_long_stretch_is_counted_and_the_steps_that_matter_stay() {
        let trace = traces::long();
        let folded = folded(&trace);
        let shown = folded
            .parts
            .iter()
            .filter(|part| matches!(part, Part::Step(_)))
            .count();
        let left_out: usize = folded
            .parts
            .iter()
            .map(|part| match part {
                Part::LeftOut(number) => *number,
                Part::Step(_) => 0,
            })
            .sum();
        assert_eq!(shown + left_out + folded.aside, trace.steps.len());
        assert!(
            shown < MOST && left_out > MOST,
            "{shown} shown, {left_out} left out"
        );
        let diagnosis = diagnosis::of(&trace, Verdict::Race, &Names::of(&trace));
        for at in &diagnosis.steps {
            assert!(folded.parts.contains(&Part::Step(*at)));
        }
        assert_eq!(folded.parts.last(), Some(&Part::Step(trace.steps.len() - 1)));
    }

    #[test]
    fn a_wait_is_one_row_unless_its_unlock_shows_a_change() {
        let shown = |trace: &Trace| {
            let unlocks = folded(trace).parts.into_iter().filter(|part| match part {
                Part::Step(at) => trace.steps[*at].op == "unlock" && trace.steps[*at].thread == 0,
                Part::LeftOut(_) => false,
            });
            unlocks.count()
        };
        let mut trace = traces::waits_rightly();
        assert_eq!(shown(&trace), 1);
        trace.steps[3].wrote = Some("true".to_owned());
        assert_eq!(shown(&trace), 2);
    }

    #[test]
    fn what_nothing_is_known_of_is_shown_whole_unless_it_is_very_long() {
        let mut trace = traces::long();
        // Without the lost update there is nothing to say, and neither thread has more to do with it than the other.
        trace.steps.retain(|step| step.op != "store");
        let whole = folded(&trace);
        let shared = whole
            .parts
            .iter()
            .filter(|part| matches!(part, Part::Step(_)))
            .count();
        assert!(
            shared < trace.steps.len() && whole.parts.iter().any(|part| matches!(part, Part::LeftOut(_)))
        );
        trace.steps.truncate(MOST_UNKNOWN);
        assert!(
            !folded(&trace)
                .parts
                .iter()
                .any(|part| matches!(part, Part::LeftOut(_)))
        );
    }

    #[test]
    fn what_comes_after_the_failure_is_counted() {
        let trace = traces::lost_update();
        let names = Names::of(&trace);
        let mut diagnosis = diagnosis::of(&trace, Verdict::Race, &names);
        diagnosis.fails_after = Some(4);
        let folded = fold(&trace, &diagnosis, &names);
        assert_eq!(folded.after, trace.steps.len() - 5);
        assert_eq!(folded.parts.last(), Some(&Part::Step(4)));
    }

    #[test]
    fn what_lies_before_the_trace_is_counted() {
        let mut trace = traces::lost_update();
        trace.left_out = 500;
        assert_eq!(folded(&trace).parts[0], Part::LeftOut(500));
    }

    #[test]
    fn a_trace_without_anything_shared_is_shown_as_it_is() {
        let mut trace = traces::lost_update();
        trace.steps.retain(|step| step.thread == 0 && step.op != "load");
        assert_eq!(folded(&trace).parts.len(), trace.steps.len());
    }
}
