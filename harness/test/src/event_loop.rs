//! The event loop of an async test, and what blocks it.

use kata_calls::event_loop::{self, Blocked, Watch};
use kata_protocol::{
    Location, Verdict,
    frame::{BLOCKS_THE_LOOP, Outcome, STACK_DEPTH_CAP, Stacks},
};

use crate::{check::fail_with, count, mode::Mode, panics};

/// What the event loop has done in an async test: how often it got control back, and how much work it did at most before it did.
///
/// In work that is declared with [`work`](crate::work), so it is the same on any machine. Under `cargo test` nothing is counted.
#[derive(Debug)]
pub struct Heartbeat(());

/// Begins to count the beats of the event loop.
///
/// ```
/// use kata_test::prelude::*;
///
/// # async fn in_pieces() { for _ in 0..20 { work(10); tokio::task::yield_now().await; } }
/// # async fn test() {
/// let heartbeat = heartbeat();
/// in_pieces().await;
/// heartbeat.check_worst_gap(10, "twenty pieces of 10 units");
/// # }
/// ```
pub fn heartbeat() -> Heartbeat {
    of_async_tests();
    event_loop::count_anew();
    Heartbeat(())
}

impl Heartbeat {
    /// How often the loop got control back after work, with the time that is still to come after the last piece.
    pub fn ticks(&self) -> u64 {
        event_loop::load().turns
    }

    /// The most work that was done between two moments at which the loop got control back, in units.
    pub fn worst_gap(&self) -> u64 {
        event_loop::load().worst
    }

    /// Fails the test with `blocks_event_loop` if the worst gap is more than `most` units. `tried` says what was done, for the learner.
    /// (With [`loop_budget`] the learner is told the line as well.)
    pub fn check_worst_gap(&self, most: u64, tried: &str) {
        count();
        let worst = self.worst_gap();
        if Mode::now() != Mode::Cargo && worst > most {
            fail_with(
                Verdict::BlocksEventLoop,
                format!("{tried}: {worst} units of work in one go, and at most {most} are allowed"),
            );
        }
    }
}

/// Lets no task do more than `units` of work before the loop gets control back: more is `blocks_event_loop`, with the line of the
/// learner's that did it. Under `cargo test` nothing is judged.
pub fn loop_budget(units: u64) {
    count();
    of_async_tests();
    event_loop::set_budget(units);
}

fn of_async_tests() {
    if Mode::now() != Mode::Cargo && !event_loop::is_here() {
        fail_with(
            Verdict::HarnessError,
            "the hidden test looks at the event loop, and is not async".to_owned(),
        );
    }
}

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
    let Blocked { what, instead, .. } = blocked;
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
            format!("{what} {BLOCKS_THE_LOOP}{at}: {instead}"),
        )
    }
}
