//! A first async function: wait, then greet.

use std::time::Duration;

use tokio::time::sleep;

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
    // `sleep` only makes a future; it is the `.await` that waits, and meanwhile lends the thread to others.
    sleep(delay).await;
    format!("Hello, {name}!")
}
