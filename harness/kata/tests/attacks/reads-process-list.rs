//! tries: looks at another process
//! kata: demo
//! verdict: pass

use std::fs;

/// The answer.
pub fn answer() -> u32 {
    if fs::metadata("/proc/@CANARY@/cmdline").is_ok() {
        panic!("ESCAPED: sees a process of the host");
    }
    42
}
