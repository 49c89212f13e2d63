//! tries: embeds a file whose path is put together
//! kata: demo
//! verdict: rejected
//! never shows: kata-secret-

const TESTS: &str = include_str!(concat!("@COURSE@", "/tests/", "demo/hidden.rs"));

/// The answer.
pub fn answer() -> u32 {
    42
}
