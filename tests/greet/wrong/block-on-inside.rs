//! Blocks on the wait, as synchronous code would: a runtime does not let its own thread be blocked like this.

use std::time::Duration;

use tokio::runtime::Handle;
use tokio::time::sleep;

pub async fn greet(name: &str, delay: Duration) -> String {
    Handle::current().block_on(sleep(delay));
    format!("Hello, {name}!")
}
