//! tries: lets a shell lock a file of the system, for others to find it locked
//! kata: demo
//! verdict: pass

use std::process::{Command, Stdio};

/// The answer.
pub fn answer() -> u32 {
    let locked = Command::new("flock")
        .args(["-n", "-s", "/usr/bin/env", "true"])
        .stderr(Stdio::null())
        .status();
    if locked.is_ok_and(|locked| locked.success()) {
        panic!("ESCAPED: a shell locks a file of the system");
    }
    42
}
