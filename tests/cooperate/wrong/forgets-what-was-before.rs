//! Gives way after each full piece: what is left of one call comes together with the first piece of the next.

use tokio::task::yield_now;

/// Does `step` for each item and returns the results in the order of the items. After at most `at_once` steps, others have their turn.
///
/// # Panics
///
/// When `at_once` is 0: without a step, nothing is ever done.
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// use cooperate::process;
///
/// assert_eq!(process(vec![1, 2, 3], 2, |n| n * n).await, [1, 4, 9]);
/// # }
/// ```
pub async fn process<T, R>(items: Vec<T>, at_once: usize, mut step: impl FnMut(T) -> R) -> Vec<R> {
    assert!(at_once > 0, "no step at once is no step at all");
    let mut results = Vec::with_capacity(items.len());
    for (done, item) in items.into_iter().enumerate() {
        results.push(step(item));
        if (done + 1) % at_once == 0 {
            yield_now().await;
        }
    }
    results
}
