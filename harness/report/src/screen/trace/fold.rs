//! Which steps are shown. What does not bear on the failure is folded away, and counted.

use std::collections::{BTreeMap, BTreeSet};

use kata_protocol::trace::{Step, Trace};

use super::diagnosis::Diagnosis;

/// The last so many steps before the failure are always shown.
const LAST: usize = 6;

/// So many steps on each side of one that the diagnosis names are kept with it.
const AROUND: usize = 2;

/// A table of more rows than this is folded; on a screen, more cannot be taken in.
const MOST: usize = 24;

/// A stretch that is shorter than this is not folded: saying so would take as much room.
const SHORT: usize = 3;

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
}

/// Chooses the steps to show.
pub(super) fn fold(trace: &Trace, diagnosis: &Diagnosis) -> Folded {
    let shared = shared(trace);
    let matters = |at: usize, step: &Step| {
        diagnosis.steps.contains(&at) || !is_aside(trace, at, step, &shared, diagnosis)
    };
    let candidates = trace.steps.iter().enumerate();
    let mut candidates: Vec<usize> = candidates
        .filter(|(at, step)| matters(*at, step))
        .map(|(at, _)| at)
        .collect();
    if candidates.is_empty() {
        candidates = (0..trace.steps.len()).collect();
    }
    let kept = kept(trace, &candidates, diagnosis);
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
        aside: trace.steps.len() - candidates.len(),
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
fn kept(trace: &Trace, candidates: &[usize], diagnosis: &Diagnosis) -> BTreeSet<usize> {
    if candidates.len() <= MOST {
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
    let involved = candidates.iter().copied().filter(|at| {
        let object = trace.steps.get(*at).and_then(|step| step.object);
        object.is_some_and(|object| diagnosis.objects.contains(&object))
    });
    let involved: Vec<_> = involved.collect();
    if involved.len() <= MOST_INVOLVED {
        kept.extend(involved);
    }
    kept
}

/// Whether a step is of no interest.
fn is_aside(trace: &Trace, at: usize, step: &Step, shared: &BTreeSet<u32>, diagnosis: &Diagnosis) -> bool {
    let of_the_test = step.thread == 0;
    let noise = match step.op.as_str() {
        "end" | "returns" | "scope ends" => true,
        "spawn" | "join" | "now" => of_the_test,
        "yield_now" | "spin_loop" => true,
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
        fold(trace, &diagnosis::of(trace, Verdict::Race, &Names::of(trace)))
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
