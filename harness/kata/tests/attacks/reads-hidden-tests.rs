//! tries: reads the hidden tests while it runs
//! kata: demo
//! verdict: pass

use std::fs;

/// The answer.
pub fn answer() -> u32 {
    if let Ok(text) = fs::read_to_string("@COURSE@/tests/demo/hidden.rs") {
        panic!("ESCAPED: read the hidden tests: {text}");
    }
    42
}
