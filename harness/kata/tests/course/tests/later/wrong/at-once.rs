//! Too early.

/// The answer, now.
pub async fn later() -> u32 {
    42
}
