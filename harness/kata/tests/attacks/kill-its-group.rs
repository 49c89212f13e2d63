//! tries: kills its own process group
//! kata: demo
//! verdict: crash

use std::process::Command;

/// The answer.
pub fn answer() -> u32 {
    let _ = Command::new("sh").args(["-c", "kill -9 0"]).status();
    42
}
