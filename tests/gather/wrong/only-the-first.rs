//! Takes one result, with if let in place of while let.

use tokio::task::JoinSet;

pub async fn gather<F, T, E>(futures: Vec<F>) -> Result<Vec<T>, E>
where
    F: Future<Output = Result<T, E>> + Send + 'static,
    T: Send + 'static,
    E: Send + 'static,
{
    let mut results: Vec<Option<T>> = futures.iter().map(|_| None).collect();
    let mut tasks = JoinSet::new();
    for (place, future) in futures.into_iter().enumerate() {
        tasks.spawn(async move { (place, future.await) });
    }
    if let Some(ended) = tasks.join_next().await {
        let (place, result) = ended.expect("no task panics");
        results[place] = Some(result?);
    }
    Ok(results.into_iter().flatten().collect())
}
