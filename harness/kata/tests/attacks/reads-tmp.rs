//! tries: reads a file in /tmp
//! kata: demo
//! verdict: pass

use std::fs;

/// The answer.
pub fn answer() -> u32 {
    if let Ok(text) = fs::read_to_string("@TMP@") {
        panic!("ESCAPED: read a file in /tmp: {text}");
    }
    42
}
