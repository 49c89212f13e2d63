//! The task.

/// The answer, later.
pub async fn later() -> u32 {
    0
}
