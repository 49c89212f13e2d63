use kata_calls::event_loop;
use real_std::sync::{self as real, OnceState};

use super::{NOTIFY, OnLoop};

/// What is done about something that waits for its own beginning.
pub(super) const BEGINS_ITSELF: &str =
    "it is called by what it waits for, on this thread: take what is needed before, or pass it on";

/// std's `Once`.
pub struct Once {
    on_loop: OnLoop,
    real: real::Once,
}

crate::debug_as_real!(Once);

#[expect(clippy::new_without_default, reason = "std's has none")]
impl Once {
    /// std's `Once::new`.
    pub const fn new() -> Once {
        Once {
            on_loop: OnLoop::new(),
            real: real::Once::new(),
        }
    }

    /// std's `Once::call_once`.
    #[track_caller]
    pub fn call_once<F: FnOnce()>(&self, f: F) {
        if self.on_loop.is_its_own() {
            event_loop::blocks("Once::call_once", BEGINS_ITSELF);
        }
        self.real.call_once(|| {
            let _held = self.on_loop.hold();
            f();
        });
    }

    /// std's `Once::call_once_force`.
    #[track_caller]
    pub fn call_once_force<F: FnOnce(&OnceState)>(&self, f: F) {
        if self.on_loop.is_its_own() {
            event_loop::blocks("Once::call_once_force", BEGINS_ITSELF);
        }
        self.real.call_once_force(|state| {
            let _held = self.on_loop.hold();
            f(state);
        });
    }

    /// std's `Once::is_completed`.
    pub fn is_completed(&self) -> bool {
        self.real.is_completed()
    }

    /// std's `Once::wait`.
    #[track_caller]
    pub fn wait(&self) {
        event_loop::blocks("Once::wait", NOTIFY);
        self.real.wait();
    }

    /// std's `Once::wait_force`.
    #[track_caller]
    pub fn wait_force(&self) {
        event_loop::blocks("Once::wait_force", NOTIFY);
        self.real.wait_force();
    }
}
