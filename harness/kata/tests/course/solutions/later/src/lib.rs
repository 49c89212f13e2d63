//! The solution.

use std::time::Duration;

/// The answer, later.
pub async fn later() -> u32 {
    tokio::time::sleep(Duration::from_secs(2)).await;
    42
}
