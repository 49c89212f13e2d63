//! Starts a thread, and calls the job here.

use std::thread;

pub fn elsewhere<T: Send + 'static>(job: impl FnOnce() -> T + Send + 'static) -> T {
    let thread = thread::spawn(|| ());
    let result = job();
    let _ = thread.join();
    result
}
