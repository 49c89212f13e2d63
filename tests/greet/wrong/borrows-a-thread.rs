//! Moves the blocking sleep to the pool for blocking calls: it works, and costs a thread per greeting that waits.

use std::thread;
use std::time::Duration;

pub async fn greet(name: &str, delay: Duration) -> String {
    tokio::task::spawn_blocking(move || thread::sleep(delay))
        .await
        .expect("a sleep does not panic");
    format!("Hello, {name}!")
}
