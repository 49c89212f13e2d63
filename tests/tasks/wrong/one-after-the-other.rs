//! Awaits each task before the next is spawned.

use std::any::Any;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    pub message: String,
}

pub async fn run_all<F, T>(jobs: Vec<F>, mut on_end: impl FnMut(usize, Result<T, Failure>))
where
    F: Future<Output = T> + Send + 'static,
    T: Send + 'static,
{
    for (place, job) in jobs.into_iter().enumerate() {
        let end = tokio::spawn(job).await;
        on_end(place, end.map_err(|error| Failure::of(error.into_panic())));
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
