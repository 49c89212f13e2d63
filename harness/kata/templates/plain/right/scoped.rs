//! With a scoped thread.

use std::thread;

pub fn elsewhere<T: Send + 'static>(job: impl FnOnce() -> T + Send + 'static) -> T {
    thread::scope(|scope| scope.spawn(job).join().expect("the job does not panic"))
}
