//! tries: leaves a pipe into which nobody ever writes
//! kata: demo
//! verdict: pass

use std::process::Command;

/// The answer.
pub fn answer() -> u32 {
    let _ = Command::new("mkfifo")
        .args(["pipe", "hidden_tests", "lib.rs"])
        .status();
    42
}
