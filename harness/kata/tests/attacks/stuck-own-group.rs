//! tries: leaves a child in a process group of its own
//! kata: demo
//! verdict: leak

use std::{os::unix::process::CommandExt, process::Command};

/// The answer.
pub fn answer() -> u32 {
    let _ = Command::new("sleep").arg("60").process_group(0).spawn();
    42
}
