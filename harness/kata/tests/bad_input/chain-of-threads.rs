//! verdict: process_limit
//! message: runs more than 32 processes and threads at once

use std::thread;

/// Each thread waits for the next one, and all are over in no time.
fn deep(links: u32) -> u32 {
    if links == 0 {
        return 42;
    }
    thread::spawn(move || deep(links - 1)).join().unwrap()
}

/// Asks a hundred threads, one behind the other.
pub fn answer() -> u32 {
    deep(100)
}
