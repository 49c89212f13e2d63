//! `std` as a learner's crate sees it.
//!
//! A learner writes `use std::sync::Mutex;`. That crate is compiled as it is, with `rustc --extern std=<this crate>`: every path that
//! begins with `std` leads here. What is not about threads is the real standard library's own; the modules below shadow the rest
//! with the types and functions of [`kata_model`], which are the real ones too, until a scenario is explored.
//!
//! What threads share outside of memory, no schedule knows of: a file that two of them read and write back loses updates in no
//! exploration. So files, sockets, pipes and other processes are not here at all: a private item stands in the place of each.
//!
//! What else std has and the model has not is absent, so that it is a compile error and never a wrong verdict: `panic::set_hook` and
//! `panic::take_hook`, the `from_ptr` of atomics, and what `std::os` adds to a `JoinHandle`. `tests/api/items.txt` is the list of all
//! that is there; a test holds it against std's documentation.
//!
//! The compiler does not promise that `std` may be replaced like this. `canary.rs`, beside this crate's sources, compiles only where
//! it works: a test of this crate tries it, and so does the grader, once for each toolchain. (Where it has stopped to work, the grader
//! links this crate under other names, which it puts into a copy of the learner's code.)

#![no_std]
#![expect(
    hidden_glob_reexports,
    reason = "what is hidden is out of sight of every schedule"
)]

extern crate std as real_std;

pub use real_std::*;

pub use kata_model::thread_local;

/// [`real_std::sync`], on the model.
pub mod sync {
    #[expect(deprecated, reason = "the standard library has it")]
    pub use kata_model::sync::ONCE_INIT;
    pub use kata_model::sync::{
        Arc, Barrier, BarrierWaitResult, Condvar, LazyLock, LockResult, Mutex, MutexGuard, Once, OnceLock,
        OnceState, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard, TryLockError, TryLockResult,
        WaitTimeoutResult, Weak, atomic, mpsc,
    };
}

/// [`real_std::thread`], on the model.
pub mod thread {
    pub use kata_model::thread::{
        AccessError, Builder, JoinHandle, LocalKey, Result, Scope, ScopedJoinHandle, Thread, ThreadId,
        available_parallelism, current, panicking, park, park_timeout, scope, sleep, spawn, yield_now,
    };
    #[expect(deprecated, reason = "the standard library has them")]
    pub use kata_model::thread::{park_timeout_ms, sleep_ms};
}

/// [`real_std::time`], with clocks that read virtual time in an exploration.
pub mod time {
    pub use kata_model::time::{
        Duration, Instant, SystemTime, SystemTimeError, TryFromFloatSecsError, UNIX_EPOCH,
    };
}

/// [`real_std::hint`], on the model.
pub mod hint {
    pub use kata_model::hint::*;
}

/// [`real_std::panic`](mod@real_std::panic), on the model.
pub mod panic {
    pub use kata_model::panic::*;
}

mod fs {}
mod os {}

/// [`real_std::net`], without sockets.
pub mod net {
    pub use real_std::net::{
        AddrParseError, IpAddr, Ipv4Addr, Ipv6Addr, Shutdown, SocketAddr, SocketAddrV4, SocketAddrV6,
    };
}

/// [`real_std::process`], without other processes.
pub mod process {
    pub use real_std::process::{ExitCode, Termination, abort, exit, id};
}

/// [`real_std::io`], without pipes.
pub mod io {
    pub use real_std::io::*;

    #[expect(dead_code, reason = "in the way of the real one")]
    fn pipe() {}
    #[expect(dead_code, reason = "in the way of the real one")]
    struct PipeReader;
    #[expect(dead_code, reason = "in the way of the real one")]
    struct PipeWriter;
}

/// [`mod@real_std::env`], as it is found.
pub mod env {
    pub use real_std::env::*;

    #[expect(dead_code, reason = "in the way of the real one")]
    fn set_var() {}
    #[expect(dead_code, reason = "in the way of the real one")]
    fn remove_var() {}
    #[expect(dead_code, reason = "in the way of the real one")]
    fn set_current_dir() {}
}

/// [`real_std::prelude`]: in every edition `thread_local!` is the model's.
pub mod prelude {
    macro_rules! editions {
        ($($edition:ident)*) => { $(
            #[doc = concat!("The prelude `", stringify!($edition), "`.")]
            pub mod $edition {
                pub use crate::thread_local;
                pub use real_std::prelude::$edition::*;
            }
        )* };
    }

    editions!(v1 rust_2015 rust_2018 rust_2021 rust_2024);
}
