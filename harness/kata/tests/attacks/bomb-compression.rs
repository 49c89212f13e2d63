//! tries: unpacks a great deal from very little
//! kata: demo
//! verdict: pass

use std::process::{Command, Stdio};

/// The answer.
pub fn answer() -> u32 {
    let script =
        "head -c 300M /dev/zero | gzip -1 | gunzip > unpacked && test $(stat -c %s unpacked) -eq 314572800";
    let status = Command::new("sh")
        .args(["-c", script])
        .stderr(Stdio::null())
        .status();
    if status.is_ok_and(|status| status.success()) {
        panic!("ESCAPED: unpacked more than fits");
    }
    42
}
