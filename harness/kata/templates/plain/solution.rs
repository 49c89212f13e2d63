//! Run a job on a thread of its own.

use std::{panic, thread};

/// Runs `job` on a thread of its own, and returns its result.
pub fn elsewhere<T: Send + 'static>(job: impl FnOnce() -> T + Send + 'static) -> T {
    thread::spawn(job)
        .join()
        .unwrap_or_else(|panicked| panic::resume_unwind(panicked))
}
