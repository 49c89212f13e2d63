//! tries: leaves a file that not even root can remove
//! kata: demo
//! verdict: pass

use std::{
    fs,
    process::{Command, Stdio},
};

/// The answer.
pub fn answer() -> u32 {
    let _ = fs::write("stone", "x");
    let fixed = Command::new("chattr")
        .args(["+i", "stone"])
        .stderr(Stdio::null())
        .status();
    if fixed.is_ok_and(|status| status.success()) {
        let _ = Command::new("chattr").args(["-i", "stone"]).status();
        panic!("ESCAPED: made a file that cannot be removed");
    }
    42
}
