//! tries: leaves a daemon that starts another one before it ends
//! kata: demo
//! verdict: leak

use std::process::Command;

/// The answer.
pub fn answer() -> u32 {
    let script = "setsid sh -c 'n=0; while [ $n -lt 300 ]; do n=$((n + 1)); sleep 0.05 & wait; done' @MARK@ >/dev/null 2>&1 & exit 0";
    let _ = Command::new("sh").args(["-c", script]).status();
    42
}
