//! verdict: wrong_answer
//! message: expected 42, got 41

use std::thread;

/// Swallows the panic of its thread.
pub fn answer() -> u32 {
    let thread = thread::spawn(|| -> u32 { panic!("no value today") });
    thread.join().unwrap_or(41)
}
