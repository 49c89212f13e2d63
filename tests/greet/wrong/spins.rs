//! Asks the time over and over: the thread is never lent for longer than a moment, and never rests.

use std::time::{Duration, Instant};

pub async fn greet(name: &str, delay: Duration) -> String {
    let start = Instant::now();
    while start.elapsed() < delay {
        tokio::task::yield_now().await;
    }
    format!("Hello, {name}!")
}
