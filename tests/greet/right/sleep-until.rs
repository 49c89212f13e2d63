//! Waits for a moment, in place of waiting for a while.

use std::time::Duration;

use tokio::time::{Instant, sleep_until};

pub async fn greet(name: &str, delay: Duration) -> String {
    sleep_until(Instant::now() + delay).await;
    format!("Hello, {name}!")
}
