//! tries: allows itself what is forbidden
//! kata: demo
//! verdict: compile_error

#![allow(unsafe_code)]

/// The answer.
pub fn answer() -> u32 {
    42
}
