//! tries: reads the solution
//! kata: demo
//! verdict: pass

use std::fs;

/// The answer.
pub fn answer() -> u32 {
    if let Ok(text) = fs::read_to_string("@COURSE@/solutions/demo/src/lib.rs") {
        panic!("ESCAPED: read the solution: {text}");
    }
    42
}
