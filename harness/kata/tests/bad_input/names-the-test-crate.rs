//! verdict: compile_error
//! message: can't find crate for `kata_test`

extern crate kata_test;

/// Wants to speak as the tests do.
pub fn answer() -> u32 {
    42
}
