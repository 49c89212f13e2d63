//! tries: sets the limits of who watches it
//! kata: demo
//! verdict: pass

use std::process::{Command, Stdio};

/// The answer.
pub fn answer() -> u32 {
    let parent = std::os::unix::process::parent_id().to_string();
    let set = Command::new("prlimit")
        .args(["--pid", &parent, "--nofile"])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    if parent != "0" && set.is_ok_and(|status| status.success()) {
        panic!("ESCAPED: reached the limits of its parent");
    }
    42
}
