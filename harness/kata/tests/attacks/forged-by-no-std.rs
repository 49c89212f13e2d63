//! tries: does without the standard library
//! kata: demo
//! verdict: pass

#![no_std]

/// The answer.
pub fn answer() -> u32 {
    42
}
