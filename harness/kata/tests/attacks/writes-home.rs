//! tries: leaves a file in the home of whoever grades
//! kata: demo
//! verdict: pass

use std::fs;

/// The answer.
pub fn answer() -> u32 {
    if fs::write("@HOME@/.@MARK@", "left by a submission").is_ok() {
        panic!("ESCAPED: wrote @HOME@/.@MARK@");
    }
    42
}
