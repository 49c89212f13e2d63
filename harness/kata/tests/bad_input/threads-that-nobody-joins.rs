//! verdict: process_limit
//! message: runs more than 32 processes and threads at once

use std::thread;

/// Starts thousands of threads that are over at once, and joins none before all have begun: the system has no room for
/// so many, and says so at one time or another.
pub fn answer() -> u32 {
    let all: Vec<_> = (0..4_000)
        .map(|_| thread::Builder::new().spawn(|| ()).unwrap())
        .collect();
    for one in all {
        one.join().unwrap();
    }
    42
}
