//! tries: leaves a daemon in a session of its own
//! kata: demo
//! verdict: leak

use std::{process::Command, thread, time::Duration};

/// The answer.
pub fn answer() -> u32 {
    let _ = Command::new("sh")
        .args(["-c", "setsid sh -c 'setsid sleep 60 & exit' & exit 0"])
        .status();
    thread::sleep(Duration::from_millis(300));
    42
}
