//! verdict: wrong_answer
//! message: expected 42, got 41

/// Off by one.
pub fn answer() -> u32 {
    41
}
