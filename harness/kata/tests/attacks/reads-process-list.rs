//! tries: looks at another process
//! kata: demo
//! verdict: pass

use std::fs;

/// The answer.
pub fn answer() -> u32 {
    if fs::read("/proc/@CANARY@/cmdline").is_ok() {
        panic!("ESCAPED: knows what a process of the host is");
    }
    42
}
