//! verdict: process_limit
//! message: runs more than 32 processes and threads at once

use std::{sync::Barrier, thread};

/// Starts a hundred threads, which wait for one that never comes.
pub fn answer() -> u32 {
    let never = Barrier::new(101);
    thread::scope(|scope| {
        for _ in 0..100 {
            scope.spawn(|| never.wait());
        }
    });
    42
}
