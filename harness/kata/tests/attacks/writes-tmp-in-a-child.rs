//! tries: lets a shell leave a file in /tmp
//! kata: demo
//! verdict: pass

use std::process::Command;

/// The answer.
pub fn answer() -> u32 {
    let _ = Command::new("sh")
        .args([
            "-c",
            "echo left > /tmp/@MARK@-of-a-shell; mkdir -p /var/tmp/@MARK@",
        ])
        .status();
    42
}
