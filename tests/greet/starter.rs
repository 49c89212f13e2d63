//! A first async function: wait, then greet.

use std::time::Duration;

/// Waits `delay` without holding up the thread, then returns `Hello, {name}!`.
///
/// ```
/// use std::time::Duration;
///
/// use greet::greet;
/// use tokio::time::Instant;
///
/// // The clock stands still: it jumps ahead whenever everything waits.
/// #[tokio::main(flavor = "current_thread", start_paused = true)]
/// async fn main() {
///     let start = Instant::now();
///     let greeting = greet("Ada", Duration::from_secs(2)).await;
///
///     assert_eq!(greeting, "Hello, Ada!");
///     // exactly, and in no real time
///     assert_eq!(start.elapsed(), Duration::from_secs(2));
/// }
/// ```
pub async fn greet(name: &str, delay: Duration) -> String {
    // The greeting is right, but it comes at once: nothing here waits for `delay` yet.
    let _ = delay;
    format!("Hello, {name}!")
}
