//! exercise: later
//! verdict: rejected
//! message: this exercise is to be solved without `tokio::time::advance`

use std::time::Duration;

/// Turns the clock in place of waiting.
pub async fn later() -> u32 {
    tokio::time::advance(Duration::from_secs(2)).await;
    42
}
