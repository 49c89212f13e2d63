//! Has a text of its own for every failure.

use std::collections::HashMap;

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
    while let Some(ended) = tasks.join_next_with_id().await {
        match ended {
            Ok((id, value)) => on_end(places[&id], Ok(value)),
            Err(error) => on_end(
                places[&error.id()],
                Err(Failure {
                    message: error.to_string(),
                }),
            ),
        }
    }
}
