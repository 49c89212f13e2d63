//! A JoinSet again, whose results are sorted by their numbers when all are there.

use tokio::task::JoinSet;

pub async fn gather<F, T, E>(futures: Vec<F>) -> Result<Vec<T>, E>
where
    F: Future<Output = Result<T, E>> + Send + 'static,
    T: Send + 'static,
    E: Send + 'static,
{
    let mut tasks: JoinSet<_> = futures
        .into_iter()
        .enumerate()
        .map(|(number, future)| async move { Ok((number, future.await?)) })
        .collect();
    let mut results = Vec::with_capacity(tasks.len());
    while let Some(ended) = tasks.join_next().await {
        results.push(ended.expect("no task panics")?);
    }
    results.sort_by_key(|(number, _)| *number);
    Ok(results.into_iter().map(|(_, value)| value).collect())
}
