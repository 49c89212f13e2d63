//! Has each task send its end, and leaves them to themselves.

use std::any::Any;

use tokio::sync::mpsc;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    pub message: String,
}

pub async fn run_all<F, T>(jobs: Vec<F>, mut on_end: impl FnMut(usize, Result<T, Failure>))
where
    F: Future<Output = T> + Send + 'static,
    T: Send + 'static,
{
    let (send, mut ends) = mpsc::unbounded_channel();
    for (place, job) in jobs.into_iter().enumerate() {
        let send = send.clone();
        tokio::spawn(async move {
            let end = tokio::spawn(job).await;
            send.send((place, end.map_err(|error| Failure::of(error.into_panic()))))
                .ok();
        });
    }
    drop(send);
    while let Some((place, end)) = ends.recv().await {
        on_end(place, end);
    }
}

impl Failure {
    fn of(panic: Box<dyn Any + Send>) -> Self {
        let literal = panic.downcast_ref::<&str>().map(|text| text.to_string());
        let text = literal.or_else(|| panic.downcast_ref::<String>().cloned());
        Self {
            message: text.unwrap_or_default(),
        }
    }
}
