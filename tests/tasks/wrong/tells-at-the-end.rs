//! Tells of all ends when the last one has come.

use std::{any::Any, collections::HashMap};

use tokio::task::JoinSet;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    pub message: String,
}

pub async fn run_all<F, T>(jobs: Vec<F>, mut on_end: impl FnMut(usize, Result<T, Failure>))
where
    F: Future<Output = T> + Send + 'static,
    T: Send + 'static,
{
    let mut tasks = JoinSet::new();
    let mut places = HashMap::new();
    for (place, job) in jobs.into_iter().enumerate() {
        places.insert(tasks.spawn(job).id(), place);
    }
    let mut ends = Vec::new();
    while let Some(ended) = tasks.join_next_with_id().await {
        ends.push(match ended {
            Ok((id, value)) => (places[&id], Ok(value)),
            Err(error) => (places[&error.id()], Err(Failure::of(error.into_panic()))),
        });
    }
    for (place, end) in ends {
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
