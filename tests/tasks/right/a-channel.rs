//! Has each task send its end, and ends those that are left when it is dropped.

use std::any::Any;

use tokio::{sync::mpsc, task::AbortHandle};

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
    let mut running = Running(Vec::new());
    for (place, job) in jobs.into_iter().enumerate() {
        let send = send.clone();
        let task = tokio::spawn(job);
        running.0.push(task.abort_handle());
        tokio::spawn(async move {
            let end = match task.await {
                Ok(value) => Ok(value),
                Err(error) if error.is_panic() => Err(Failure::of(error.into_panic())),
                Err(_) => return,
            };
            send.send((place, end)).ok();
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

struct Running(Vec<AbortHandle>);

impl Drop for Running {
    fn drop(&mut self) {
        for task in &self.0 {
            task.abort();
        }
    }
}
