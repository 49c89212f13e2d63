//! tries: climbs to the root by .. and goes down again
//! kata: demo
//! verdict: pass

use std::fs;

/// The answer.
pub fn answer() -> u32 {
    let path = format!("{}@HOME@/.secret", "../".repeat(64));
    if let Ok(text) = fs::read_to_string(path) {
        panic!("ESCAPED: read a secret of the home: {text}");
    }
    42
}
