//! Two at a time, by recursion: join the first with all the rest.

use std::pin::Pin;

pub async fn gather<F, T, E>(futures: Vec<F>) -> Result<Vec<T>, E>
where
    F: Future<Output = Result<T, E>> + Send + 'static,
    T: Send + 'static,
    E: Send + 'static,
{
    all(futures.into_iter()).await.map(|mut results| {
        results.reverse();
        results
    })
}

/// The results of all futures, the last one first.
fn all<F, T, E>(mut futures: std::vec::IntoIter<F>) -> Pin<Box<dyn Future<Output = Result<Vec<T>, E>> + Send>>
where
    F: Future<Output = Result<T, E>> + Send + 'static,
    T: Send + 'static,
    E: Send + 'static,
{
    Box::pin(async move {
        let Some(first) = futures.next() else {
            return Ok(Vec::new());
        };
        let (value, mut rest) = tokio::try_join!(first, all(futures))?;
        rest.push(value);
        Ok(rest)
    })
}
