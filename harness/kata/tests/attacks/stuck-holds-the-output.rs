//! tries: leaves a child that holds the output
//! kata: demo
//! verdict: leak

use std::process::Command;

/// The answer.
pub fn answer() -> u32 {
    let _ = Command::new("sleep").arg("60").spawn();
    42
}
