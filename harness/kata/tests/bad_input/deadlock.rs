//! verdict: time_limit
//! message: does not end: for 1 s nothing in it ran, everything waits

use std::sync::Mutex;

/// Locks what it holds.
pub fn answer() -> u32 {
    let lock = Mutex::new(42);
    let held = lock.lock().unwrap();
    let again = lock.lock().unwrap();
    *held + *again
}
