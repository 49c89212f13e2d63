//! `tokio` as a learner's crate sees it where the orders of its tasks are explored.
//!
//! It is the real one, whose tasks wait for their turns: [`spawn`] wraps what it is given in a
//! [`gated`], and outside of explorations that changes nothing. So [`task::JoinHandle`], [`time`], [`sync`]
//! and all that travels between crates are tokio's own.
//!
//! What starts tasks past the gates is not here, so that it is a compile error and never a wrong verdict: `tokio::runtime`, `LocalSet`
//! and `spawn_local`, `block_in_place`, task builders. [`select!`](macro@select) has to be `biased`: else chance decides which branch is
//! looked at first, and no order of tasks has a say in it. A closure for [`task::spawn_blocking`] runs in a turn of its own.

#![no_std]
#![expect(
    hidden_glob_reexports,
    reason = "a runtime of one's own would run its tasks past the gates"
)]

extern crate std;

use core::{future::Future, panic::Location};

pub use real_tokio::*;
pub use task::spawn;

#[doc(hidden)]
pub use real_tokio::select as real_select;

/// [`real_tokio::select!`], which has to be `biased`.
#[macro_export]
macro_rules! select {
    (biased; $($branches:tt)*) => { $crate::real_select!(biased; $($branches)*) };
    ($($branches:tt)*) => {
        ::core::compile_error!(
            "write `biased;` before the first branch of `select!`: without it, chance decides which branch is looked at first, and \
             that is no order that kata can explore"
        )
    };
}

mod runtime {}

/// [`mod@real_tokio::task`], with tasks that wait for their turns.
pub mod task {
    use super::{Future, Location, gated};

    pub use super::join_set::JoinSet;
    pub use real_tokio::task::{
        AbortHandle, Id, JoinError, JoinHandle, LocalKey, Unconstrained, consume_budget, coop, futures, id,
        try_id, unconstrained, yield_now,
    };

    /// [`real_tokio::task::spawn`].
    #[track_caller]
    pub fn spawn<F>(future: F) -> JoinHandle<F::Output>
    where
        F: Future<Output: Send + 'static> + Send + 'static,
    {
        real_tokio::spawn(gated(future, Location::caller()))
    }

    /// [`real_tokio::task::spawn_blocking`]; in an exploration, `f` runs in a turn of its own.
    #[track_caller]
    pub fn spawn_blocking<F, R>(f: F) -> JoinHandle<R>
    where
        F: FnOnce() -> R + Send + 'static,
        R: Send + 'static,
    {
        if kata_model::tasks::exploring() {
            // On a thread of its own, if there were one.
            spawn(async move { kata_calls::event_loop::away(f) })
        } else {
            real_tokio::task::spawn_blocking(f)
        }
    }

    /// `tokio::task::join_set`, with tasks that wait for their turns.
    pub mod join_set {
        pub use super::JoinSet;
    }
}

pub(crate) use kata_model::tasks::gated;

mod join_set;
