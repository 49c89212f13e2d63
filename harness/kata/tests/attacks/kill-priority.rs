//! tries: puts itself before everybody else
//! kata: demo
//! verdict: pass

use std::process::{Command, Stdio};

/// The answer.
pub fn answer() -> u32 {
    let own = std::process::id().to_string();
    let raised = Command::new("renice")
        .args(["-n", "-10", "-p", &own])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    if raised.is_ok_and(|status| status.success()) {
        panic!("ESCAPED: has a better priority");
    }
    42
}
