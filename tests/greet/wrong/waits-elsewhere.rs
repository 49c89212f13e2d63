//! Spawns a task that waits, and does not wait for the task.

use std::time::Duration;

use tokio::time::sleep;

pub async fn greet(name: &str, delay: Duration) -> String {
    tokio::spawn(async move {
        sleep(delay).await;
    });
    format!("Hello, {name}!")
}
