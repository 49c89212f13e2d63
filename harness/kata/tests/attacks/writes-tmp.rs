//! tries: leaves a file in /tmp
//! kata: demo
//! verdict: pass

use std::fs;

/// The answer.
pub fn answer() -> u32 {
    let _ = fs::write("/tmp/@MARK@", "left by a submission");
    42
}
