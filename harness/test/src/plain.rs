//! Kind `plain`: an ordinary test on the real std.

use std::panic::{AssertUnwindSafe, catch_unwind};

use kata_protocol::frame::Outcome;

use crate::{panics, program};

/// Runs the body on the calling thread.
pub(crate) fn run(body: impl FnOnce()) -> Outcome {
    // Unwind safety is about state that is looked at afterwards; the process ends after its one test.
    match catch_unwind(AssertUnwindSafe(body)) {
        Ok(()) => Outcome::pass(),
        Err(payload) => program::wanted(&*payload).unwrap_or_else(|| panics::outcome(&*payload)),
    }
}
