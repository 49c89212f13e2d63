//! verdict: leak
//! message: the test passed, and 1 process that it started had not ended and been waited for

use std::process::Command;

/// Leaves a daemon in a session of its own, whose parent has ended.
pub fn answer() -> u32 {
    let status = Command::new("sh").args(["-c", "setsid sleep 60 & exit 0"]).status();
    assert!(status.unwrap().success());
    42
}
