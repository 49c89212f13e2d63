//! Returns at the first error and leaves the other tasks to themselves: a task that nobody holds is detached, not cancelled.

use tokio::sync::mpsc;

pub async fn gather<F, T, E>(futures: Vec<F>) -> Result<Vec<T>, E>
where
    F: Future<Output = Result<T, E>> + Send + 'static,
    T: Send + 'static,
    E: Send + 'static,
{
    let mut results: Vec<Option<T>> = futures.iter().map(|_| None).collect();
    let (ended, mut endings) = mpsc::unbounded_channel();
    for (place, future) in futures.into_iter().enumerate() {
        let ended = ended.clone();
        tokio::spawn(async move { ended.send((place, future.await)) });
    }
    drop(ended);
    while let Some((place, result)) = endings.recv().await {
        results[place] = Some(result?);
    }
    Ok(results.into_iter().flatten().collect())
}
