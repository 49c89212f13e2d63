//! tries: reads a file in the home of whoever grades
//! kata: demo
//! verdict: pass

use std::fs;

/// The answer.
pub fn answer() -> u32 {
    if let Ok(text) = fs::read_to_string("@HOME@/.secret") {
        panic!("ESCAPED: read a secret of the home: {text}");
    }
    42
}
