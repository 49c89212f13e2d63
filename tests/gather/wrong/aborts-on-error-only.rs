//! Cancels the tasks on an error, but not when gather itself is dropped: its code after the await never runs then.

use tokio::sync::mpsc;

pub async fn gather<F, T, E>(futures: Vec<F>) -> Result<Vec<T>, E>
where
    F: Future<Output = Result<T, E>> + Send + 'static,
    T: Send + 'static,
    E: Send + 'static,
{
    let mut results: Vec<Option<T>> = futures.iter().map(|_| None).collect();
    let (ended, mut endings) = mpsc::unbounded_channel();
    let mut tasks = Vec::new();
    for (place, future) in futures.into_iter().enumerate() {
        let ended = ended.clone();
        tasks.push(tokio::spawn(async move { ended.send((place, future.await)) }));
    }
    drop(ended);
    while let Some((place, result)) = endings.recv().await {
        match result {
            Ok(value) => results[place] = Some(value),
            Err(error) => {
                for task in tasks {
                    task.abort();
                }
                return Err(error);
            }
        }
    }
    Ok(results.into_iter().flatten().collect())
}
