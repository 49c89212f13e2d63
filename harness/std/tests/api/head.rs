// What all snippets have in common. The files of this folder are one program, in the order that `api.rs` gives, and with a
// `main` from there.

use std::cell::{Cell, RefCell};
use std::panic::{self, AssertUnwindSafe, Location, RefUnwindSafe, UnwindSafe};
use std::sync::atomic::{self, *};
use std::sync::mpsc::{self, RecvError, RecvTimeoutError, SendError, TryRecvError, TrySendError};
use std::sync::*;
use std::thread::{self, Builder, JoinHandle, LocalKey, Scope, ScopedJoinHandle, Thread, ThreadId};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

macro_rules! show {
    ($($snippet:expr;)*) => { $( println!("{} => {:?}", stringify!($snippet), $snippet); )* };
}

const MS: Duration = Duration::from_millis(1);
const LONG: Duration = Duration::from_secs(60);

/// What panicked, as text.
fn panicked<R>(body: impl FnOnce() -> R) -> Option<String> {
    let payload = panic::catch_unwind(AssertUnwindSafe(body)).err()?;
    let text = payload.downcast_ref::<&str>().map(|text| text.to_string());
    text.or_else(|| payload.downcast_ref::<String>().cloned())
}

/// All snippets.
const SECTIONS: [fn(); 20] = [
    implementations,
    constants,
    mutex,
    rwlock,
    poison,
    condvar,
    barrier,
    once,
    once_lock,
    lazy_lock,
    integers,
    booleans_and_pointers,
    fences,
    channels,
    threads,
    scopes,
    locals,
    references,
    time,
    panics_and_hints,
];
