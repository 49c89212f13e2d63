//! The event loop of an async test, and what blocks it.

use kata_calls::event_loop::{self, Blocked, Watch};
use kata_protocol::{
    Location, Verdict,
    frame::{BLOCKS_THE_LOOP, Outcome, STACK_DEPTH_CAP, Stacks},
};

use crate::panics;

/// Watches over the event loop from now on: `blocked` is told of the first call that blocks it, and the process ends then, before the
/// learner's code has a chance to make anything else of it.
pub(crate) fn watch(blocked: fn(&Blocked)) {
    event_loop::watch(Watch {
        blocked,
        alone: kata_alloc::threads::is_alone,
        depth: STACK_DEPTH_CAP,
    });
}

/// The outcome of a test whose loop is blocked.
pub(crate) fn outcome(blocked: &Blocked) -> Outcome {
    let place = Location {
        file: blocked.place.file().to_owned(),
        line: blocked.place.line(),
        column: blocked.place.column(),
    };
    // In a library, or in the test itself: the grader finds the learner's line in the stack.
    let location = Some(place).filter(panics::is_learners);
    let Blocked { call, instead, .. } = blocked;
    let at = location
        .as_ref()
        .map(|at| format!(" at {at}"))
        .unwrap_or_default();
    let mut stacks = Stacks::default();
    Outcome {
        stack: stacks.number(blocked.stack.clone()),
        stacks: stacks.into_inner(),
        location,
        ..Outcome::fail(
            Verdict::BlocksEventLoop,
            format!("`{call}` {BLOCKS_THE_LOOP}{at}: {instead}"),
        )
    }
}
