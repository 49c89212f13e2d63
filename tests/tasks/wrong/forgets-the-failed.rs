//! Tells of those that gave something, and not of those that failed.

use tokio::task::JoinSet;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    pub message: String,
}

pub async fn run_all<F, T>(jobs: Vec<F>, mut on_end: impl FnMut(usize, Result<T, Failure>))
where
    F: Future<Output = T> + Send + 'static,
    T: Send + 'static,
{
    let mut tasks = JoinSet::new();
    for (place, job) in jobs.into_iter().enumerate() {
        tasks.spawn(async move { (place, job.await) });
    }
    while let Some(ended) = tasks.join_next().await {
        if let Ok((place, value)) = ended {
            on_end(place, Ok(value));
        }
    }
}
