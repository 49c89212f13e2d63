//! Polls all jobs in one task, and catches their panics there.

use std::{
    any::Any,
    future::poll_fn,
    panic::{AssertUnwindSafe, catch_unwind},
    task::Poll,
};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    pub message: String,
}

pub async fn run_all<F, T>(jobs: Vec<F>, mut on_end: impl FnMut(usize, Result<T, Failure>))
where
    F: Future<Output = T> + Send + 'static,
    T: Send + 'static,
{
    let mut jobs: Vec<_> = jobs.into_iter().map(|job| Some(Box::pin(job))).collect();
    poll_fn(|context| {
        for (place, slot) in jobs.iter_mut().enumerate() {
            let Some(job) = slot else { continue };
            match catch_unwind(AssertUnwindSafe(|| job.as_mut().poll(context))) {
                Ok(Poll::Pending) => {}
                Ok(Poll::Ready(value)) => {
                    *slot = None;
                    on_end(place, Ok(value));
                }
                Err(panic) => {
                    *slot = None;
                    on_end(place, Err(Failure::of(panic)));
                }
            }
        }
        match jobs.iter().all(Option::is_none) {
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
