//! tries: puts everybody else behind itself
//! kata: demo
//! verdict: pass

use std::process::{Command, Stdio};

/// The answer.
pub fn answer() -> u32 {
    let lowered = Command::new("renice")
        .args(["-n", "19", "-p", "@CANARY@"])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    if lowered.is_ok_and(|status| status.success()) {
        panic!("ESCAPED: has put another process last");
    }
    42
}
