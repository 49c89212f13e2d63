//! tries: embeds the hidden tests
//! kata: demo
//! verdict: rejected
//! never shows: kata-secret-

const TESTS: &str = include_str!("@COURSE@/tests/demo/hidden.rs");

/// The answer.
pub fn answer() -> u32 {
    42
}
