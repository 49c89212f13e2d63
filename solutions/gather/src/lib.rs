//! Wait for many futures at once, and for no longer than the longest of them.

use std::panic;

use tokio::task::JoinSet;

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
    let mut results: Vec<Option<T>> = futures.iter().map(|_| None).collect();

    // A task per future, so that all run at once. Each result carries its place, for tasks end in any order.
    let mut tasks = JoinSet::new();
    for (place, future) in futures.into_iter().enumerate() {
        tasks.spawn(async move { (place, future.await) });
    }

    while let Some(ended) = tasks.join_next().await {
        let (place, result) = ended.unwrap_or_else(|failed| panic::resume_unwind(failed.into_panic()));
        // On an error, `?` leaves and drops `tasks`; and a JoinSet that is dropped cancels what still runs in
        // it. The same happens when this function's own future is dropped half-way.
        results[place] = Some(result?);
    }
    Ok(results.into_iter().flatten().collect())
}
