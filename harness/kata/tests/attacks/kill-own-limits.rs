//! tries: raises the limits that it was given
//! kata: demo
//! verdict: pass

use std::process::{Command, Stdio};

/// The answer.
pub fn answer() -> u32 {
    let raised = Command::new("sh")
        .args(["-c", "ulimit -n 100000 && ulimit -n"])
        .stderr(Stdio::null())
        .output();
    if raised.is_ok_and(|output| output.stdout == b"100000\n") {
        panic!("ESCAPED: raised its own limits");
    }
    42
}
