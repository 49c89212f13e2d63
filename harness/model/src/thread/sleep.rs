//! Waiting for nobody.

use std::{panic::Location, time::Duration};

use crate::engine::{Loc, Op, Ready, active, step, step_when, with};

/// [`std::thread::sleep`]: in an exploration it takes virtual time only, and others may run for as long as they like.
#[track_caller]
pub fn sleep(duration: Duration) {
    if !active() {
        #[expect(
            clippy::disallowed_methods,
            reason = "outside an exploration this is std's sleep"
        )]
        return std::thread::sleep(duration);
    }
    let location = Location::caller();
    let op = Op {
        name: "sleep",
        object: None,
        location,
        wants: &[],
        joins: &[],
        limit: Some(duration),
    };
    let asleep = Ready {
        expire: true,
        ..Ready::BLOCKED
    };
    step_when(&op, &move |_| asleep);
    with(|execution| {
        execution.observe(None, location);
        if let Some(event) = execution.record("sleep", None, location) {
            event.read = Some(format!("{duration:?}"));
        }
    });
}

/// [`std::thread::sleep_ms`].
#[deprecated = "replaced by `std::thread::sleep`"]
#[track_caller]
pub fn sleep_ms(ms: u32) {
    sleep(Duration::from_millis(u64::from(ms)));
}

/// [`std::thread::yield_now`].
#[track_caller]
pub fn yield_now() {
    if active() {
        give_way("yield_now", Location::caller());
    } else {
        std::thread::yield_now();
    }
}

/// A point of choice that does nothing. A thread that comes back to it again and again lets others go first.
pub(crate) fn give_way(name: &'static str, location: Loc) {
    step(name, None, location);
    with(|execution| {
        execution.observe(None, location);
        execution.record(name, None, location);
    });
}
