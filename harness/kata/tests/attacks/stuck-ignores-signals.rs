//! tries: waits for a child that ignores every signal it can
//! kata: demo
//! verdict: time_limit

use std::process::Command;

/// The answer.
pub fn answer() -> u32 {
    let _ = Command::new("sh")
        .args([
            "-c",
            "trap '' HUP INT TERM QUIT USR1 USR2 PIPE ALRM XCPU; sleep 60",
        ])
        .status();
    42
}
