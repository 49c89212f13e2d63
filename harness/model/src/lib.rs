//! Threads under a scheduler of our own.
//!
//! [`sync`], [`thread`], [`time`] and [`hint`] have the types and functions of their namesakes in the standard library.
//! Outside an exploration they *are* those of the standard library. Inside one, threads are coroutines, and every operation that
//! another thread could notice is a point of choice: [`explore::explore`] runs a scenario under one schedule after the other
//! until it fails or until nothing new can happen.
//!
//! ```
//! use kata_model::{
//!     explore::{Config, FailureKind, explore},
//!     sync::{Arc, atomic::{AtomicU32, Ordering::SeqCst}},
//!     thread,
//! };
//!
//! let report = explore(&Config::default(), || {
//!     let counter = Arc::new(AtomicU32::new(0));
//!     let theirs = Arc::clone(&counter);
//!     let child = thread::spawn(move || theirs.store(theirs.load(SeqCst) + 1, SeqCst));
//!     counter.store(counter.load(SeqCst) + 1, SeqCst);
//!     child.join().unwrap();
//!     assert_eq!(counter.load(SeqCst), 2);
//! })?;
//! let failure = report.verdict.expect_err("an update is lost");
//! assert_eq!((failure.kind, failure.preemptions), (FailureKind::Panic, 1));
//! # Ok::<(), kata_model::Error>(())
//! ```
//!
//! # What a proof covers
//!
//! All interleavings are sequentially consistent: weaker memory orderings run as `SeqCst`, and a report says when one was asked for.
//! The model sees what goes through its types. It does not see the count inside an `Arc`: whether `Arc::try_unwrap` succeeds, what
//! `strong_count` gives, and who drops the last reference (or the result of a thread that nobody joins) are decided by the schedules
//! that are explored for other reasons. Where a channel shows that such a count decided something, or a sample that takes
//! another course than every execution of the search, no proof is called exhaustive.
//!
//! What differs from run to run without the model's knowledge (the order of a `HashMap`, the real clock of `SystemTime`, addresses)
//! makes the scenario nondeterministic. That is an [`Error`] and never a verdict.

mod engine;
mod error;
pub mod explore;
mod faults;
pub mod hint;
mod ideal;
#[cfg(test)]
mod oracle;
pub mod panic;
pub mod sync;
pub mod tasks;
pub mod thread;
pub mod time;

pub use engine::{
    Access, Blocked, Choice, End, Ending, Event, Holder, Limits, Mode, ObjectId, ObjectInfo, Panic, Pick,
    Place, Point, Scheduler, Source, Step, ThreadId, ThreadInfo, Trace, Way, run,
};
pub use error::Error;
pub use ideal::{Ideal, Reading, ideal, reading, threads_started, work};

/// What the macros expand to; not for use by hand.
#[doc(hidden)]
pub mod macros {
    pub use std::thread_local as real_thread_local;
}
