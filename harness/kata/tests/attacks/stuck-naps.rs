//! tries: sleeps a moment, again and again
//! kata: demo
//! verdict: time_limit

use std::{thread, time::Duration};

/// The answer.
pub fn answer() -> u32 {
    loop {
        thread::sleep(Duration::from_millis(1));
    }
}
