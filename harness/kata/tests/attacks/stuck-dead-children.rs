//! tries: leaves twenty children that have ended and were not waited for
//! kata: demo
//! verdict: leak

use std::process::Command;

/// The answer.
pub fn answer() -> u32 {
    for _ in 0..20 {
        let _ = Command::new("true").spawn();
    }
    42
}
