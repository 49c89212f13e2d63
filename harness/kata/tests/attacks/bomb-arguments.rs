//! tries: starts a program with two megabytes of arguments
//! kata: demo
//! verdict: pass

use std::process::Command;

/// The answer.
pub fn answer() -> u32 {
    let long = "a".repeat(120_000);
    let _ = Command::new("true").args((0..30).map(|_| &long)).status();
    42
}
