//! tries: reads the hashes of passwords
//! kata: demo
//! verdict: pass

use std::fs;

/// The answer.
pub fn answer() -> u32 {
    if let Ok(text) = fs::read_to_string("/etc/shadow") {
        panic!("ESCAPED: read the shadow file: {text}");
    }
    42
}
