//! tries: reads by the root that another process has
//! kata: demo
//! verdict: pass

use std::fs;

/// The answer.
pub fn answer() -> u32 {
    for process in ["1", "@CANARY@"] {
        if let Ok(text) = fs::read_to_string(format!("/proc/{process}/root@HOME@/.secret")) {
            panic!("ESCAPED: read by the root of process {process}: {text}");
        }
    }
    42
}
