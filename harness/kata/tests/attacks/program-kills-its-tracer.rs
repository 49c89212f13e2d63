//! tries: ends, stops and wakes whoever watches it
//! kata: errand
//! verdict: pass

use std::{
    os::unix::process::parent_id,
    process::{Command, Stdio},
};

fn main() {
    let watcher = parent_id();
    for signal in ["STOP", "TERM", "INT", "HUP", "CHLD", "TRAP", "SEGV", "KILL"] {
        let _ = Command::new("sh")
            .args(["-c", &format!("kill -{signal} {watcher}; kill -{signal} -- -{watcher}")])
            .stderr(Stdio::null())
            .status();
    }
    println!("42");
}
