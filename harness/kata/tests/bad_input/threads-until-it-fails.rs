//! verdict: process_limit
//! message: runs more than 32 processes and threads at once

use std::thread;

/// Starts threads that wait for ever, until the machine gives no more.
pub fn answer() -> u32 {
    loop {
        thread::Builder::new().spawn(thread::park).unwrap();
    }
}
