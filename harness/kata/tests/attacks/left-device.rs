//! tries: makes a device
//! kata: demo
//! verdict: pass

use std::{
    fs,
    process::{Command, Stdio},
};

/// The answer.
pub fn answer() -> u32 {
    let made = Command::new("mknod")
        .args(["null", "c", "1", "3"])
        .stderr(Stdio::null())
        .status();
    if made.is_ok_and(|status| status.success()) && fs::write("null", "x").is_ok() {
        panic!("ESCAPED: made a device that works");
    }
    42
}
