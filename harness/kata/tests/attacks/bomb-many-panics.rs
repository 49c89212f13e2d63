//! tries: panics in a thousand threads
//! kata: demo
//! verdict: output_limit

use std::thread;

/// The answer.
pub fn answer() -> u32 {
    for number in 0..1000 {
        let _ = thread::spawn(move || panic!("{number}: {}", "x".repeat(1000))).join();
    }
    42
}
