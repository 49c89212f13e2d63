//! Makes a channel with as many places as there are futures: with none, the channel refuses to be made.

use tokio::sync::mpsc;
use tokio::task::JoinSet;

pub async fn gather<F, T, E>(futures: Vec<F>) -> Result<Vec<T>, E>
where
    F: Future<Output = Result<T, E>> + Send + 'static,
    T: Send + 'static,
    E: Send + 'static,
{
    let mut results: Vec<Option<T>> = futures.iter().map(|_| None).collect();
    let (ended, mut endings) = mpsc::channel(futures.len());
    let mut tasks = JoinSet::new();
    for (place, future) in futures.into_iter().enumerate() {
        let ended = ended.clone();
        tasks.spawn(async move { ended.send((place, future.await)).await.ok() });
    }
    drop(ended);
    while let Some((place, result)) = endings.recv().await {
        results[place] = Some(result?);
    }
    Ok(results.into_iter().flatten().collect())
}
