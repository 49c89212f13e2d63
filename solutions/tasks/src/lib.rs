//! Run jobs as tasks, and be told of the end of each.

use std::{any::Any, collections::HashMap};

use tokio::task::JoinSet;

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
    // Dropped, it drops its tasks.
    let mut tasks = JoinSet::new();
    let mut places = HashMap::new();
    for (place, job) in jobs.into_iter().enumerate() {
        // A job that panics gives nothing, so its place cannot come with its result.
        let id = tasks.spawn(job).id();
        places.insert(id, place);
    }
    while let Some(ended) = tasks.join_next_with_id().await {
        let (id, end) = match ended {
            Ok((id, value)) => (id, Ok(value)),
            Err(error) => (error.id(), Err(Failure::of(error.into_panic()))),
        };
        on_end(places[&id], end);
    }
}

impl Failure {
    fn of(panic: Box<dyn Any + Send>) -> Self {
        // What panic! makes of a literal, and of anything else.
        let literal = panic.downcast_ref::<&str>().map(|text| text.to_string());
        let text = literal.or_else(|| panic.downcast_ref::<String>().cloned());
        Self {
            message: text.unwrap_or_default(),
        }
    }
}
