//! How the body of this process's test is run.

use std::sync::atomic::{AtomicU8, Ordering};

/// How the body of a test is run. There is one test in a process.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Mode {
    /// By `cargo test`, for the teacher: on real threads, whatever its kind.
    Cargo,
    /// For a grade, on the real std.
    Real,
    /// For a grade, under one schedule after the other.
    Explored,
    /// For a grade, on the ideal machine.
    Ideal,
}

static NOW: AtomicU8 = AtomicU8::new(Mode::Cargo as u8);

impl Mode {
    pub(crate) fn now() -> Mode {
        let now = NOW.load(Ordering::Relaxed);
        [Mode::Cargo, Mode::Real, Mode::Explored, Mode::Ideal]
            .into_iter()
            .find(|mode| *mode as u8 == now)
            .unwrap_or(Mode::Cargo)
    }

    /// Whether the body's threads are the model's: a failed check is an ordinary panic then, whose text the model keeps.
    pub(crate) fn is_modelled(self) -> bool {
        matches!(self, Mode::Explored | Mode::Ideal)
    }

    /// Runs `body` in this mode.
    pub(crate) fn during<R>(self, body: impl FnOnce() -> R) -> R {
        let before = NOW.swap(self as u8, Ordering::Relaxed);
        let result = body();
        NOW.store(before, Ordering::Relaxed);
        result
    }
}
