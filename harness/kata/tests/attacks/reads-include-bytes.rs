//! tries: embeds the hidden tests as bytes
//! kata: demo
//! verdict: rejected
//! never shows: kata-secret-

const TESTS: &[u8] = include_bytes!("@COURSE@/tests/demo/hidden.rs");

/// The answer.
pub fn answer() -> u32 {
    42
}
