//! tries: leaves a result for the next check
//! kata: demo
//! verdict: pass

use std::fs;

/// The answer.
pub fn answer() -> u32 {
    if fs::write("@CACHE@/results/@MARK@.json", "left by a submission").is_ok() {
        panic!("ESCAPED: wrote @CACHE@/results/@MARK@.json");
    }
    42
}
