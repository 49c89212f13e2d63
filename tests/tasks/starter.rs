//! Run jobs as tasks, and be told of the end of each.

/// A job that ended with a panic.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// What the panic said.
    pub message: String,
}

/// Runs each of the `jobs` in a task of its own, all at once, and tells `on_end` of the end of each when it comes: its place among
/// the jobs, and what it gave.
///
/// It returns when the last has ended. If it is dropped before, so are the jobs.
///
/// ```
/// use std::time::Duration;
///
/// use tasks::run_all;
/// use tokio::time::sleep;
///
/// async fn brew(cup: &str, seconds: u64) -> &str {
///     sleep(Duration::from_secs(seconds)).await;
///     if cup == "coffee" {
///         panic!("out of beans");
///     }
///     cup
/// }
///
/// // The clock stands still: it jumps ahead whenever everything waits.
/// #[tokio::main(flavor = "current_thread", start_paused = true)]
/// async fn main() {
///     let mut told = Vec::new();
///     run_all(vec![brew("tea", 3), brew("coffee", 1)], |place, end| {
///         told.push((place, end.map_err(|failure| failure.message)));
///     })
///     .await;
///     assert_eq!(told, [(1, Err("out of beans".to_owned())), (0, Ok("tea"))]);
/// }
/// ```
pub async fn run_all<F, T>(jobs: Vec<F>, mut on_end: impl FnMut(usize, Result<T, Failure>))
where
    F: Future<Output = T> + Send + 'static,
    T: Send + 'static,
{
    // One after the other, and not in tasks at all.
    for (place, job) in jobs.into_iter().enumerate() {
        let value = job.await;
        on_end(place, Ok(value));
    }
}
