//! What is so after each step of a trace: a trace and a number of steps in, a [`Moment`] out.
//!
//! A trace holds what threads did and nothing of what followed from it. Who holds a lock, what a variable is, and what a
//! thread waits for is derived here, by doing the steps again on paper (`objects`), and by looking at what each thread does
//! next (`stand`). Nothing else is asked: the same trace gives the same moments.

mod objects;
mod stand;

#[cfg(test)]
mod specification;

use kata_protocol::trace::Trace;

pub(crate) use objects::{Family, Holding, Shared};
pub(crate) use stand::{Pending, Stand, Wait};

use objects::State;

/// A trace that can be walked, in either direction.
pub(crate) struct Walk<'a> {
    trace: &'a Trace,
    /// How things were before the first step that the trace carries.
    start: State<'a>,
}

/// How things are at a point between two steps.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Moment<'a> {
    /// Where each thread stands, in the order of the trace.
    pub(crate) threads: Vec<Stand<'a>>,
    /// The objects that some thread has touched, holds, or is about to touch, each by its number.
    pub(crate) objects: Vec<(u32, Shared<'a>)>,
}

impl<'a> Walk<'a> {
    pub(crate) fn of(trace: &'a Trace) -> Walk<'a> {
        Walk {
            trace,
            start: State::before(trace),
        }
    }

    /// How many steps there are.
    pub(crate) fn len(&self) -> usize {
        self.trace.steps.len()
    }

    /// How things are after so many steps; after more than there are, as at the end.
    pub(crate) fn after(&self, steps: usize) -> Moment<'a> {
        let (done, _) = self.trace.steps.split_at(steps.min(self.len()));
        let mut state = self.start.clone();
        for step in done {
            state.apply(step);
        }
        let threads: Vec<Stand<'a>> = stand::all(self.trace, done.len(), &state);
        let objects = (0..).zip(&state.objects);
        let objects = objects.filter(|(object, shared)| {
            shared.family != Family::OfThread
                && (!shared.holders.is_empty()
                    || done.iter().any(|step| step.object == Some(*object))
                    || threads.iter().any(|stand| stand.is_about(*object)))
        });
        let objects = objects.map(|(object, shared)| (object, shared.clone())).collect();
        Moment { threads, objects }
    }

    /// How many objects there are to show when all have been touched.
    pub(crate) fn objects(&self) -> usize {
        self.after(self.len()).objects.len()
    }
}

impl Moment<'_> {
    /// The threads that wait for this object, in their order.
    pub(crate) fn wanted_by(&self, object: u32) -> Vec<u32> {
        let waits = |stand: &Stand<'_>| matches!(stand, Stand::Before(pending) if pending.waits_for(object));
        let threads = (0..).zip(&self.threads);
        threads
            .filter(|(_, stand)| waits(stand))
            .map(|(thread, _)| thread)
            .collect()
    }
}
