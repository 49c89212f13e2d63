//! `std::thread`.

mod current;
mod handle;
mod local;
mod park;
mod scope;
mod sleep;
mod spawn;

pub use std::thread::Result;

pub use current::{Thread, ThreadId, available_parallelism, current, panicking};
pub use handle::{JoinHandle, ScopedJoinHandle};
pub use local::{AccessError, LocalKey};
#[expect(deprecated, reason = "std has it, so the facade has it")]
pub use park::park_timeout_ms;
pub use park::{park, park_timeout};
pub use scope::{Scope, scope};
#[expect(deprecated, reason = "std has it, so the facade has it")]
pub use sleep::sleep_ms;
pub use sleep::{sleep, yield_now};
pub use spawn::{Builder, spawn};

pub(crate) use sleep::give_way;
pub(crate) use spawn::run_root;
