//! tries: embeds the hidden tests by a macro with another name
//! kata: demo
//! verdict: rejected
//! never shows: kata-secret-

use std::include_str as innocent;

const TESTS: &str = innocent!("@COURSE@/tests/demo/hidden.rs");

/// The answer.
pub fn answer() -> u32 {
    42
}
