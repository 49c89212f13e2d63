//! tries: leaves a file in the course
//! kata: demo
//! verdict: pass

use std::fs;

/// The answer.
pub fn answer() -> u32 {
    if fs::write("@COURSE@/tests/@MARK@.rs", "left by a submission").is_ok() {
        panic!("ESCAPED: wrote @COURSE@/tests/@MARK@.rs");
    }
    42
}
