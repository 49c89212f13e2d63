//! tries: stops its own process by a signal that cannot be ignored
//! kata: demo
//! verdict: time_limit

use std::process::Command;

/// The answer.
pub fn answer() -> u32 {
    let own = std::process::id().to_string();
    let _ = Command::new("kill").args(["-STOP", &own]).status();
    42
}
