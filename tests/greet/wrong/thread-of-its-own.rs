//! Starts a thread for the wait, and is woken by it: right in real time, and not what an async function is for.

use std::thread;
use std::time::Duration;

use tokio::sync::oneshot;

pub async fn greet(name: &str, delay: Duration) -> String {
    let (awake, woken) = oneshot::channel();
    thread::spawn(move || {
        thread::sleep(delay);
        awake.send(()).ok();
    });
    woken.await.ok();
    format!("Hello, {name}!")
}
