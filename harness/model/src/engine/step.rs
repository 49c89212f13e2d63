//! How a thread hands control to the scheduler before an operation.

use std::{panic::Location, time::Duration};

use super::{Access, Event, Execution, Loc, ObjectId, Ready, ThreadId, Way, active, with};
use crate::Error;

/// An operation that a thread is about to do.
pub(crate) struct Op<'a> {
    pub(crate) name: &'static str,
    pub(crate) object: Option<ObjectId>,
    pub(crate) location: Loc,
    /// What it will touch, if it may have to wait. A thread that is blocked for ever is judged by this.
    pub(crate) wants: &'a [Access],
    /// For whose end it waits.
    pub(crate) joins: &'a [ThreadId],
    /// How long it waits at most.
    pub(crate) limit: Option<Duration>,
}

/// A pending operation. The pointers lead into the frame of the suspended thread.
pub(crate) struct Pending {
    op: *const Op<'static>,
    ready: *const dyn Fn(&Execution) -> Ready,
}

impl Pending {
    pub(crate) fn ready(&self, execution: &Execution) -> Ready {
        // SAFETY: `step_when` sets this right before it suspends and takes it away right after; the closure lives in its
        // caller's frame, and a suspended frame does not go away.
        unsafe { (*self.ready)(execution) }
    }

    pub(crate) fn op(&self) -> &Op<'_> {
        // SAFETY: as above.
        unsafe { &*self.op }
    }
}

/// The thread that calls.
pub(crate) fn me() -> ThreadId {
    with(|execution| execution.running)
}

/// A point of choice before an operation that never has to wait.
pub(crate) fn step(name: &'static str, object: Option<ObjectId>, location: Loc) -> Way {
    let op = Op {
        name,
        object,
        location,
        wants: &[],
        joins: &[],
        limit: None,
    };
    step_when(&op, &|_| Ready::when(true))
}

/// A point of choice before an operation that is possible when `ready` says so, in the ways that it
/// says. Gives the way that was chosen; the operation must then be done, without another point of choice
/// in between.
pub(crate) fn step_when(op: &Op<'_>, ready: &dyn Fn(&Execution) -> Ready) -> Way {
    debug_assert!(active(), "points of choice belong to model threads");
    let exit = with(|execution| {
        let pending = Pending {
            op: std::ptr::from_ref(op).cast(),
            // SAFETY: only the lifetime is changed; `Pending` is dropped before this function returns.
            ready: unsafe {
                std::mem::transmute::<
                    *const (dyn Fn(&Execution) -> Ready + '_),
                    *const dyn Fn(&Execution) -> Ready,
                >(std::ptr::from_ref(ready))
            },
        };
        let thread = execution.thread();
        thread.pending = Some(pending);
        thread.exit.expect("set when the thread began to run")
    });
    // SAFETY: the exit is that of the running thread, and this code runs on that thread.
    unsafe { exit.suspend() };
    with(|execution| {
        let thread = execution.thread();
        thread.pending = None;
        if thread.chosen == Way::Expire {
            // Before anything is touched: who comes after the end of a wait comes at a later time.
            thread.clock.time = thread.clock.time.saturating_add(op.limit.unwrap_or_default());
        }
        thread.chosen
    })
}

/// The last second that an `Instant` of std can tell on Linux, whose clock counts in an `i64`.
const LAST_SECOND: u64 = i64::MAX as u64;

/// A limit as a wait has it: one whose end cannot be told never comes, as in std.
pub(crate) fn within_reach(limit: Option<Duration>) -> Option<Duration> {
    let now = with(|execution| execution.thread().clock.time);
    let begin = crate::time::ORIGIN.saturating_add(now);
    limit.filter(|limit| {
        begin
            .checked_add(*limit)
            .is_some_and(|end| end.as_secs() <= LAST_SECOND)
    })
}

/// Adds to the last event of the trace, if one is kept. Not under [`with`], so that the learner's code may be asked.
pub(crate) fn detail(add: impl FnOnce(&mut Event)) {
    let event = with(|execution| execution.events.as_mut().and_then(Vec::pop));
    if let Some(mut event) = event {
        add(&mut event);
        with(|execution| {
            if let Some(events) = &mut execution.events {
                events.push(event);
            }
        });
    }
}

/// Sees to it that an object of an execution is used in that execution, and a real one outside: `epoch` is that of the
/// execution that made it, if one did.
///
/// # Panics
///
/// Outside an exploration, when the object was made inside one.
#[track_caller]
pub(crate) fn on_its_side(kind: &'static str, epoch: Option<u32>) {
    let used = Location::caller();
    let now = active().then(|| with(|execution| execution.epoch));
    if epoch == now {
        return;
    }
    let error = Error::Foreign {
        kind,
        used: used.into(),
    };
    if now.is_some() {
        give_up(error)
    }
    panic!("{error}");
}

/// The running execution, for what it makes.
pub(crate) fn epoch() -> Option<u32> {
    active().then(|| with(|execution| execution.epoch))
}

/// Ends the whole exploration with an error: the calling thread never goes on.
pub(crate) fn give_up(error: Error) -> ! {
    let exit = with(|execution| {
        execution.fault.get_or_insert(error);
        execution.thread().exit.expect("set when the thread began to run")
    });
    loop {
        // SAFETY: the exit is that of the running thread, and this code runs on that thread.
        unsafe { exit.suspend() };
    }
}
