//! tries: reads the list of tests
//! kata: demo
//! verdict: pass

use std::fs;

/// The answer.
pub fn answer() -> u32 {
    if let Ok(text) = fs::read_to_string("@COURSE@/course.toml") {
        panic!("ESCAPED: read course.toml: {text}");
    }
    42
}
