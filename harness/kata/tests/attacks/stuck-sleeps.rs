//! tries: sleeps for ever
//! kata: demo
//! verdict: time_limit

use std::{thread, time::Duration};

/// The answer.
pub fn answer() -> u32 {
    thread::sleep(Duration::MAX);
    42
}
