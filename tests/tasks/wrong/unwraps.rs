//! Unwraps what comes back: a panic of a job is one of its own.

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
        let (place, value) = ended.unwrap();
        on_end(place, Ok(value));
    }
}
