//! Makes the future that would wait, and drops it: a future that is not awaited does nothing.

use std::time::Duration;

use tokio::time::sleep;

pub async fn greet(name: &str, delay: Duration) -> String {
    let _ = sleep(delay);
    format!("Hello, {name}!")
}
