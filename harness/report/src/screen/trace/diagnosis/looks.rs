//! What a thread does to an object, taken together: a look, or a change.
//!
//! A section of a lock is two steps in a trace, of which the first shows what was found, and the second what was left.

use kata_protocol::trace::{Step, Trace};

/// What a thread did to an object at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Deal {
    /// The step that reads, or takes the lock.
    pub(super) first: usize,
    /// The step that writes, or gives the lock back; the same one where a single step does it all.
    pub(super) last: usize,
    pub(super) thread: u32,
    pub(super) object: u32,
    /// Whether it changed the value; else it only looked.
    pub(super) changes: bool,
}

/// Everything that threads did to objects whose values are known, in the order in which it was done.
pub(super) fn deals(trace: &Trace) -> Vec<Deal> {
    let whole = |(at, step): (usize, &Step)| {
        let object = step.object?;
        let deal = |last: usize, changes: bool| Deal {
            first: at,
            last,
            thread: step.thread,
            object,
            changes,
        };
        if takes(step) {
            let last = at + 1 + trace.steps[at + 1..].iter().position(|other| ends(step, other))?;
            let wrote = trace.steps[last].wrote.is_some();
            return (step.read.is_some() || wrote).then(|| deal(last, wrote));
        }
        let is_part = matches!(step.op.as_str(), "unlock" | "wait" | "wait_timeout" | "woken");
        if is_part || (step.read.is_none() && step.wrote.is_none()) {
            return None;
        }
        Some(deal(at, step.wrote.is_some() && step.wrote != step.read))
    };
    trace.steps.iter().enumerate().filter_map(whole).collect()
}

fn takes(step: &Step) -> bool {
    let ops = [
        "lock",
        "try_lock",
        "relock",
        "read",
        "write",
        "try_read",
        "try_write",
    ];
    ops.contains(&step.op.as_str())
}

/// Whether a step gives back what was taken.
fn ends(taken: &Step, step: &Step) -> bool {
    step.thread == taken.thread && step.object == taken.object && step.op == "unlock"
}
