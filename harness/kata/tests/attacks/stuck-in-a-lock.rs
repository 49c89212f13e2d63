//! tries: locks what it has locked
//! kata: demo
//! verdict: time_limit

use std::sync::Mutex;

/// The answer.
pub fn answer() -> u32 {
    let lock = Mutex::new(());
    let _first = lock.lock();
    let _second = lock.lock();
    42
}
