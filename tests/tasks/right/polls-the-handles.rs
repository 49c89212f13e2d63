//! Polls all handles whenever one of them has news.

use std::{any::Any, future::poll_fn, pin::Pin, task::Poll};

use tokio::task::JoinHandle;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    pub message: String,
}

pub async fn run_all<F, T>(jobs: Vec<F>, mut on_end: impl FnMut(usize, Result<T, Failure>))
where
    F: Future<Output = T> + Send + 'static,
    T: Send + 'static,
{
    let mut tasks = Tasks(jobs.into_iter().map(|job| Some(tokio::spawn(job))).collect());
    poll_fn(|context| {
        for (place, slot) in tasks.0.iter_mut().enumerate() {
            let Some(task) = slot else { continue };
            if let Poll::Ready(end) = Pin::new(task).poll(context) {
                *slot = None;
                on_end(place, end.map_err(|error| Failure::of(error.into_panic())));
            }
        }
        match tasks.0.iter().all(Option::is_none) {
            true => Poll::Ready(()),
            false => Poll::Pending,
        }
    })
    .await;
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

struct Tasks<T>(Vec<Option<JoinHandle<T>>>);

impl<T> Drop for Tasks<T> {
    fn drop(&mut self) {
        for task in self.0.iter().flatten() {
            task.abort();
        }
    }
}
