//! tries: lets a shell stop it, and live on
//! kata: demo
//! verdict: time_limit

use std::process::Command;

/// The answer.
pub fn answer() -> u32 {
    let _ = Command::new("sh")
        .args(["-c", "kill -STOP $PPID; sleep 60"])
        .status();
    42
}
