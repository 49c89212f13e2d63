//! What hidden tests are written with.
//!
//! A hidden test is a function in `tests/<slug>/hidden.rs`:
//!
//! ```
//! use kata_test::prelude::*;
//! # async fn greet(name: &str, delay: Duration) -> String { tokio::time::sleep(delay).await; format!("Hello, {name}!") }
//!
//! #[kata_test::test]
//! async fn waits_as_long_as_told() {
//!     let start = tokio::time::Instant::now();
//!     let text = greet("Ada", secs(2)).await;
//!     check_eq!(text, "Hello, Ada!");
//!     check_eq!(start.elapsed(), secs(2), "greet with a delay of 2 s");
//! }
//! # fn main() {}
//! ```
//!
//! A plain `fn` runs on the real std, or, where `course.toml` gives it the kind `explore`, under one schedule of its
//! threads after the other, until it fails or nothing new can happen; with the kind `ideal` it runs once, on a machine
//! that counts [`work`] in place of time. An `async fn` runs on the paused clock of tokio: it takes exactly as long
//! as its timers say, and no real time. What the test is worth, its kind, and the line for a learner who fails
//! it stand in `course.toml`.
//!
//! Each test runs in a process of its own. The program that [`serve`]s them is written by the grader from the
//! list in `course.toml`, never from this file, so a test cannot be hidden from it, nor added to it.

mod case;
mod channel;
mod check;
mod event_loop;
mod explore;
mod ideal;
mod jobs;
pub mod libtest;
mod measured;
mod mode;
mod panics;
mod plain;
mod program;
mod serve;
mod task_ids;
mod tasks;
mod threads;
pub mod timeline;
mod trace;
mod virtual_time;
mod waker;

pub use case::{Body, Case};
pub use check::Failure;
#[doc(hidden)]
pub use check::{count, fail_with};
pub use event_loop::{Heartbeat, heartbeat, loop_budget};
pub use jobs::Jobs;
pub use kata_protocol::Verdict;
pub use kata_test_macros::test;
pub use measured::{Measured, measure, threads_started, work};
pub use program::{Program, Run, program};
pub use serve::serve;
pub use waker::waker;

/// What a file of hidden tests wants in scope: `use kata_test::prelude::*;`.
pub mod prelude {
    pub use std::time::Duration;

    pub use crate::{
        Heartbeat, Jobs, Measured, check, check_eq, fail, heartbeat, loop_budget, measure, millis, program,
        secs, threads_started, waker, work,
    };
}

use std::time::Duration;

/// `n` seconds.
pub const fn secs(n: u64) -> Duration {
    Duration::from_secs(n)
}

/// `n` milliseconds.
pub const fn millis(n: u64) -> Duration {
    Duration::from_millis(n)
}
