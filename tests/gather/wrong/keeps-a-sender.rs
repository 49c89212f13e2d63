//! Waits until the channel is closed, and holds the last sender itself.

use tokio::sync::mpsc;
use tokio::task::JoinSet;

pub async fn gather<F, T, E>(futures: Vec<F>) -> Result<Vec<T>, E>
where
    F: Future<Output = Result<T, E>> + Send + 'static,
    T: Send + 'static,
    E: Send + 'static,
{
    let mut results: Vec<Option<T>> = futures.iter().map(|_| None).collect();
    let (ended, mut endings) = mpsc::unbounded_channel();
    let mut tasks = JoinSet::new();
    for (place, future) in futures.into_iter().enumerate() {
        let ended = ended.clone();
        tasks.spawn(async move { ended.send((place, future.await)).ok() });
    }
    while let Some((place, result)) = endings.recv().await {
        results[place] = Some(result?);
    }
    Ok(results.into_iter().flatten().collect())
}
