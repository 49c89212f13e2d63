//! Parking: each thread has one token, and waits for it.

use std::{panic::Location, time::Duration};

use crate::{
    engine::{Access, Loc, Mode, Op, Ready, Way, active, me, step_when, with, within_reach},
    faults::{Fault, planted},
};

/// [`std::thread::park`].
#[track_caller]
pub fn park() {
    if active() {
        wait("park", None, Location::caller());
    } else {
        std::thread::park();
    }
}

/// [`std::thread::park_timeout`].
#[track_caller]
pub fn park_timeout(limit: Duration) {
    if active() {
        wait("park_timeout", Some(limit), Location::caller());
    } else {
        std::thread::park_timeout(limit);
    }
}

/// [`std::thread::park_timeout_ms`].
#[deprecated = "replaced by `std::thread::park_timeout`"]
#[track_caller]
pub fn park_timeout_ms(ms: u32) {
    park_timeout(Duration::from_millis(u64::from(ms)));
}

fn wait(name: &'static str, limit: Option<Duration>, location: Loc) {
    let limit = within_reach(limit);
    let me = me();
    let parking = with(|execution| {
        execution.may_wake_spuriously = true;
        execution.thread().parking
    });
    let op = Op {
        name,
        object: Some(parking),
        location,
        wants: &[Access {
            object: parking,
            mode: Mode::Acquire,
        }],
        joins: &[],
        limit,
    };
    let way = step_when(&op, &|execution| {
        let thread = &execution.threads[me.index()];
        Ready {
            spurious: !thread.token && thread.spurious_left > 0,
            ..Ready::within(thread.token, limit.is_some())
        }
    });
    with(|execution| {
        let note = match way {
            Way::Go(_) => {
                execution.thread().token = planted(Fault::TokenStays);
                // One that could have woken without the token need not have come after whoever gave it.
                let waits = limit.is_none() && execution.thread().spurious_left == 0;
                execution.touch(parking, if waits { Mode::Acquire } else { Mode::Write });
                execution.progress(parking);
                None
            }
            Way::Expire => {
                execution.touch(parking, Mode::Read);
                execution.observe(Some(parking), location);
                Some("timed out")
            }
            Way::Spurious => {
                execution.touch(parking, Mode::Read);
                execution.thread().spurious_left -= 1;
                Some("woke without a reason")
            }
        };
        if let Some(event) = execution.record(name, Some(parking), location) {
            event.note = note;
        }
    });
}
