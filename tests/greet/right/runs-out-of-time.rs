//! Waits for something that never comes, with a limit.

use std::future;
use std::time::Duration;

use tokio::time::timeout;

pub async fn greet(name: &str, delay: Duration) -> String {
    timeout(delay, future::pending::<()>()).await.ok();
    format!("Hello, {name}!")
}
