//! Off by one.

/// The answer.
pub fn answer() -> u32 {
    41
}
