//! tries: takes the hidden tests for documentation
//! kata: demo
//! verdict: rejected
//! never shows: kata-secret-

#[doc = include_str!("@COURSE@/tests/demo/hidden.rs")]
pub struct Documented;

/// The answer.
pub fn answer() -> u32 {
    42
}
