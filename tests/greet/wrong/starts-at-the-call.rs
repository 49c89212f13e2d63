//! Sets the timer when it is called, so part of the delay is over before anybody awaits the greeting.

use std::time::Duration;

use tokio::time::sleep;

pub fn greet(name: &str, delay: Duration) -> impl Future<Output = String> {
    let timer = sleep(delay);
    async move {
        timer.await;
        format!("Hello, {name}!")
    }
}
