//! tries: lets cat read a secret
//! kata: demo
//! verdict: pass

use std::process::Command;

/// The answer.
pub fn answer() -> u32 {
    if let Ok(output) = Command::new("cat").args(["@HOME@/.secret", "@TMP@"]).output()
        && !output.stdout.is_empty()
    {
        panic!("ESCAPED: cat read {:?}", String::from_utf8_lossy(&output.stdout));
    }
    42
}
