//! verdict: leak
//! message: the test passed, and 1 process that it started had not ended and been waited for

use std::process::Command;

/// Leaves a child that keeps standard output open for a minute.
pub fn answer() -> u32 {
    Command::new("sleep").arg("60").spawn().unwrap();
    42
}
