//! What async fn stands for, written out: a function that returns a future, which does nothing yet.

use std::time::Duration;

use tokio::time::sleep;

pub fn greet(name: &str, delay: Duration) -> impl Future<Output = String> {
    async move {
        sleep(delay).await;
        format!("Hello, {name}!")
    }
}
