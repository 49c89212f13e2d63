//! Threads under a scheduler of our own.
//!
//! [`sync`], [`thread`], [`time`] and [`hint`] have the types and functions of their namesakes in the standard library.
//! Outside an exploration they *are* those of the standard library. Inside one, threads are coroutines, and every operation that
//! another thread could notice is a point of choice: [`explore::explore`] runs a scenario under one schedule after the other
//! until it fails or until nothing new can happen.
//!
//! All interleavings are sequentially consistent: weaker memory orderings run as `SeqCst`.

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
pub mod thread;
pub mod time;

pub use engine::{
    Access, Blocked, Choice, End, Ending, Event, Holder, Limits, Mode, ObjectId, ObjectInfo, Panic, Pick,
    Place, Point, Scheduler, Source, Step, ThreadId, ThreadInfo, Trace, Way, run,
};
pub use error::Error;
pub use ideal::{Ideal, ideal, work};

/// What the macros expand to; not for use by hand.
#[doc(hidden)]
pub mod macros {
    pub use std::thread_local as real_thread_local;
}
