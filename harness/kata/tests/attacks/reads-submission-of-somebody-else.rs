//! tries: reads what somebody else has handed in
//! kata: demo
//! verdict: pass

use std::fs;

/// The answer.
pub fn answer() -> u32 {
    if let Ok(text) = fs::read_to_string("@SUBMISSIONS@/of-somebody-else.rs") {
        panic!("ESCAPED: read another submission: {text}");
    }
    42
}
