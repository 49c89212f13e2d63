//! Sleeps as a thread does: nothing else on this thread moves meanwhile, the clock of the runtime included.

use std::thread;
use std::time::Duration;

pub async fn greet(name: &str, delay: Duration) -> String {
    thread::sleep(delay);
    format!("Hello, {name}!")
}
