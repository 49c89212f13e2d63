//! tries: starts threads until it cannot
//! kata: demo
//! verdict: process_limit

use std::thread;

/// The answer.
pub fn answer() -> u32 {
    let threads: Vec<_> = (0..500).map(|_| thread::spawn(thread::park)).collect();
    panic!("ESCAPED: runs {} threads", threads.len());
}
