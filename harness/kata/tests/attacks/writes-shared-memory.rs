//! tries: leaves memory that is shared by name
//! kata: demo
//! verdict: pass

use std::fs;

/// The answer.
pub fn answer() -> u32 {
    let _ = fs::write("/dev/shm/@MARK@", "left by a submission");
    42
}
