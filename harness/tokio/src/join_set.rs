use core::{
    fmt,
    future::Future,
    panic::Location,
    task::{Context, Poll},
};
use std::vec::Vec;

use real_tokio::task::{self, AbortHandle, Id, JoinError};

use crate::gated;

/// [`real_tokio::task::JoinSet`], with tasks that wait for their turns.
pub struct JoinSet<T>(task::JoinSet<T>);

impl<T> JoinSet<T> {
    /// See [`task::JoinSet::new`].
    pub fn new() -> Self {
        JoinSet(task::JoinSet::new())
    }

    /// See [`task::JoinSet::len`].
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// See [`task::JoinSet::is_empty`].
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<T: 'static> JoinSet<T> {
    /// See [`task::JoinSet::spawn`].
    #[track_caller]
    pub fn spawn<F>(&mut self, future: F) -> AbortHandle
    where
        F: Future<Output = T> + Send + 'static,
        T: Send,
    {
        self.0.spawn(gated(future, Location::caller()))
    }

    /// See [`task::JoinSet::spawn_blocking`]; in an exploration, `f` runs in a turn of its own.
    #[track_caller]
    pub fn spawn_blocking<F>(&mut self, f: F) -> AbortHandle
    where
        F: FnOnce() -> T + Send + 'static,
        T: Send,
    {
        if kata_model::tasks::exploring() {
            self.spawn(async move { f() })
        } else {
            self.0.spawn_blocking(f)
        }
    }

    /// See [`task::JoinSet::join_next`].
    pub async fn join_next(&mut self) -> Option<Result<T, JoinError>> {
        self.0.join_next().await
    }

    /// See [`task::JoinSet::join_next_with_id`].
    pub async fn join_next_with_id(&mut self) -> Option<Result<(Id, T), JoinError>> {
        self.0.join_next_with_id().await
    }

    /// See [`task::JoinSet::try_join_next`].
    pub fn try_join_next(&mut self) -> Option<Result<T, JoinError>> {
        self.0.try_join_next()
    }

    /// See [`task::JoinSet::try_join_next_with_id`].
    pub fn try_join_next_with_id(&mut self) -> Option<Result<(Id, T), JoinError>> {
        self.0.try_join_next_with_id()
    }

    /// See [`task::JoinSet::shutdown`].
    pub async fn shutdown(&mut self) {
        self.0.shutdown().await;
    }

    /// See [`task::JoinSet::join_all`].
    pub async fn join_all(self) -> Vec<T> {
        self.0.join_all().await
    }

    /// See [`task::JoinSet::abort_all`].
    pub fn abort_all(&mut self) {
        self.0.abort_all();
    }

    /// See [`task::JoinSet::detach_all`].
    pub fn detach_all(&mut self) {
        self.0.detach_all();
    }

    /// See [`task::JoinSet::poll_join_next`].
    pub fn poll_join_next(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<T, JoinError>>> {
        self.0.poll_join_next(cx)
    }

    /// See [`task::JoinSet::poll_join_next_with_id`].
    pub fn poll_join_next_with_id(
        &mut self,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<(Id, T), JoinError>>> {
        self.0.poll_join_next_with_id(cx)
    }
}

impl<T> fmt::Debug for JoinSet<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<T> Default for JoinSet<T> {
    fn default() -> Self {
        JoinSet::new()
    }
}

impl<T: 'static, F: Future<Output = T> + Send + 'static> FromIterator<F> for JoinSet<T>
where
    T: Send,
{
    fn from_iter<I: IntoIterator<Item = F>>(futures: I) -> Self {
        let mut set = JoinSet::new();
        for future in futures {
            set.spawn(future);
        }
        set
    }
}
