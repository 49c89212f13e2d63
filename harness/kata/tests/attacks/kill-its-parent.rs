//! tries: wants to kill who watches it
//! kata: demo
//! verdict: pass

use std::process::{Command, Stdio};

/// The answer.
pub fn answer() -> u32 {
    let reached = Command::new("sh")
        .args(["-c", "test $0 -gt 1 && kill -0 $0"])
        .arg(std::os::unix::process::parent_id().to_string())
        .stderr(Stdio::null())
        .status();
    if reached.is_ok_and(|status| status.success()) {
        panic!("ESCAPED: can signal its parent");
    }
    42
}
