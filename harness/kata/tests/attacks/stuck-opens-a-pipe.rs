//! tries: opens a pipe that nobody else opens
//! kata: demo
//! verdict: pass

use std::{fs, process::Command};

/// The answer.
pub fn answer() -> u32 {
    let _ = Command::new("mkfifo").arg("pipe").status();
    let _ = fs::read("pipe");
    42
}
