//! tries: leaves a file in /etc
//! kata: demo
//! verdict: pass

use std::fs;

/// The answer.
pub fn answer() -> u32 {
    if fs::write("/etc/@MARK@", "left by a submission").is_ok() {
        panic!("ESCAPED: wrote /etc/@MARK@");
    }
    42
}
