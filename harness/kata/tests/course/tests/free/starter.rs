//! The task.

/// The answer.
pub fn answer() -> u32 {
    0
}
