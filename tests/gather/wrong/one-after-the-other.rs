//! Starts to poll the second when the first is done: futures are lazy, and nothing else polls them.

pub async fn gather<F, T, E>(futures: Vec<F>) -> Result<Vec<T>, E>
where
    F: Future<Output = Result<T, E>> + Send + 'static,
    T: Send + 'static,
    E: Send + 'static,
{
    let mut results = Vec::with_capacity(futures.len());
    for future in futures {
        results.push(future.await?);
    }
    Ok(results)
}
