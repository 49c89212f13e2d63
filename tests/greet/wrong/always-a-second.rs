//! Waits, but never asks how long.

use std::time::Duration;

use tokio::time::sleep;

pub async fn greet(name: &str, delay: Duration) -> String {
    let _ = delay;
    sleep(Duration::from_secs(1)).await;
    format!("Hello, {name}!")
}
