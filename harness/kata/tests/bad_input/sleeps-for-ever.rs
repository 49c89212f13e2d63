//! verdict: time_limit
//! message: does not end: for 1 s nothing in it ran, everything waits

use std::{thread, time::Duration};

/// Wakes a hundred times a second, and does nothing.
pub fn answer() -> u32 {
    loop {
        thread::sleep(Duration::from_millis(10));
    }
}
