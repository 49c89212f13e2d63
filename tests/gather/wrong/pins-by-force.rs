//! Pins the futures with unsafe where a box would do, and then moves them.

use std::future::poll_fn;
use std::pin::Pin;
use std::task::Poll;

pub async fn gather<F, T, E>(futures: Vec<F>) -> Result<Vec<T>, E>
where
    F: Future<Output = Result<T, E>> + Send + 'static,
    T: Send + 'static,
    E: Send + 'static,
{
    let mut results: Vec<Option<T>> = futures.iter().map(|_| None).collect();
    let mut running: Vec<_> = futures.into_iter().enumerate().collect();
    poll_fn(|context| {
        let mut at = 0;
        while let Some((place, future)) = running.get_mut(at) {
            match unsafe { Pin::new_unchecked(future) }.poll(context) {
                Poll::Ready(Ok(value)) => {
                    results[*place] = Some(value);
                    running.swap_remove(at);
                }
                Poll::Ready(Err(error)) => return Poll::Ready(Err(error)),
                Poll::Pending => at += 1,
            }
        }
        if running.is_empty() {
            Poll::Ready(Ok(results.drain(..).flatten().collect()))
        } else {
            Poll::Pending
        }
    })
    .await
}
