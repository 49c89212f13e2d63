//! tries: wants to kill every process there is
//! kata: demo
//! verdict: pass

use std::process::{Command, Stdio};

/// The answer.
pub fn answer() -> u32 {
    // The canary tells what would happen; nobody is harmed.
    let reached = Command::new("sh")
        .args(["-c", "kill -0 @CANARY@"])
        .stderr(Stdio::null())
        .status();
    if reached.is_ok_and(|status| status.success()) {
        panic!("ESCAPED: can signal processes of the host");
    }
    42
}
