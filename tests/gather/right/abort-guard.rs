//! Spawned tasks, a channel for their results, and a guard that aborts them on every way out.

use tokio::sync::mpsc;
use tokio::task::AbortHandle;

/// Aborts its task when it is dropped; a task that is done does not mind.
struct AbortOnDrop(AbortHandle);

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        self.0.abort();
    }
}

pub async fn gather<F, T, E>(futures: Vec<F>) -> Result<Vec<T>, E>
where
    F: Future<Output = Result<T, E>> + Send + 'static,
    T: Send + 'static,
    E: Send + 'static,
{
    let mut results: Vec<Option<T>> = futures.iter().map(|_| None).collect();
    let (ended, mut endings) = mpsc::unbounded_channel();
    let mut guards = Vec::new();
    for (place, future) in futures.into_iter().enumerate() {
        let ended = ended.clone();
        let task = tokio::spawn(async move { ended.send((place, future.await)) });
        guards.push(AbortOnDrop(task.abort_handle()));
    }
    drop(ended); // or the channel would stay open for this sender
    while let Some((place, result)) = endings.recv().await {
        results[place] = Some(result?);
    }
    Ok(results.into_iter().flatten().collect())
}
