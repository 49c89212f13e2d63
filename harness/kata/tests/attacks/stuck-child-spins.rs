//! tries: lets children compute, past its own limit
//! kata: demo
//! verdict: time_limit

use std::process::Command;

/// The answer.
pub fn answer() -> u32 {
    // Half a second each, and eight of them.
    let script = "i=0; while [ $i -lt 400000 ]; do i=$((i + 1)); done";
    let children: Vec<_> = (0..8)
        .map_while(|_| Command::new("sh").args(["-c", script]).spawn().ok())
        .collect();
    for mut child in children {
        let _ = child.wait();
    }
    42
}
