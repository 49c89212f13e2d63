//! verdict: compile_error
//! message: mismatched types

/// A string is no number.
pub fn answer() -> u32 {
    "42"
}
