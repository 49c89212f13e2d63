//! Prints the greeting in place of returning it.

use std::time::Duration;

use tokio::time::sleep;

pub async fn greet(name: &str, delay: Duration) -> String {
    sleep(delay).await;
    println!("Hello, {name}!");
    String::new()
}
