//! tries: lets a child print without end
//! kata: demo
//! verdict: output_limit

use std::process::Command;

/// The answer.
pub fn answer() -> u32 {
    let _ = Command::new("yes").status();
    42
}
