//! tries: a shell that starts two of itself, and so on
//! kata: demo
//! verdict: process_limit

use std::process::{Command, Stdio};

/// The answer.
pub fn answer() -> u32 {
    // Nine levels: five hundred at most.
    let script = "bomb() { if [ $1 -gt 0 ]; then bomb $(($1 - 1)) & bomb $(($1 - 1)) & wait; else sleep 5; fi; }; bomb 8";
    let status = Command::new("sh")
        .args(["-c", script])
        .stderr(Stdio::null())
        .status();
    if status.is_ok_and(|status| status.success()) {
        panic!("ESCAPED: five hundred processes have run");
    }
    42
}
