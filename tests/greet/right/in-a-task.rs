//! Waits in a task of its own, and for that task.

use std::time::Duration;

use tokio::time::sleep;

pub async fn greet(name: &str, delay: Duration) -> String {
    let task = tokio::spawn(sleep(delay));
    task.await.expect("a sleep does not panic");
    format!("Hello, {name}!")
}
