//! Gives each future a thread that blocks on it: what async saves is spent again, and nothing can be cancelled.

use std::thread;

use tokio::runtime::Handle;
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
        let runtime = Handle::current();
        thread::spawn(move || ended.send((place, runtime.block_on(future))));
    }
    drop(ended);
    while let Some((place, result)) = endings.recv().await {
        results[place] = Some(result?);
    }
    Ok(results.into_iter().flatten().collect())
}
