//! `std` as a learner's async code sees it.
//!
//! That crate is compiled as it is, with `rustc --extern std=<this crate>`. Everything here is the real standard library's own, but for
//! functions that block, which say so first ([`kata_calls::event_loop`]): on the thread of the event loop each of them is a fault with
//! its line; in `spawn_blocking` and on threads of one's own they are just std's.
//!
//! What is a fault does not depend on luck:
//!
//! - Sleeping, parking, joining a thread, receiving, waiting, files, sockets, other processes, standard input: always, whether or not it would
//!   have had to wait this time. (`try_recv`, `try_lock`, `is_finished`, `try_wait` do not wait.)
//! - A lock is a right thing to take on the loop, for a moment. It is a fault where the loop itself holds it, since it would wait for ever:
//!   such as a guard that is held over an `.await`. For another thread, the loop really waits.
//! - `SyncSender::send` is a fault where the channel has no room of its own, and where it is full and there has never been another thread.
//!
//! Types that travel (`Duration`, `Instant`, `Arc`, the traits of `io`, addresses, exit codes) are std's. A type is replaced only where its
//! methods block. Not seen: what [`Path`](real_std::path::Path) asks of the file system, the resolution of names, pipes, and what is in
//! `std::os`.
//!
//! Left out, so that it is a compile error and never a wrong verdict: what would take `unsafe` code here, and traits that only std may
//! implement (such as those of `io` for an `Arc<File>`, and `CommandExt`). `tests/api/items.txt` is the list of all that is there.

#![no_std]

extern crate std as real_std;

pub use real_std::*;

pub mod fs;
pub mod io;
pub mod net;
pub mod process;
pub mod sync;
pub mod thread;

/// What is done in the place of a blocking call for which tokio has no other.
pub(crate) const ELSEWHERE: &str = "move it into `tokio::task::spawn_blocking`";

/// Says that a call blocks for which there is no other.
#[track_caller]
#[inline]
pub(crate) fn blocks(call: &'static str) {
    kata_calls::event_loop::blocks(call, ELSEWHERE);
}

/// Methods that are std's, and block: `fn name(self_, arguments) -> type` becomes a method that says so first. The text in front is what
/// the type is called.
macro_rules! blocking {
    ($owner:literal; $($(#[$doc:meta])* fn $name:ident($($self:ident)+ $(, $argument:ident: $type:ty)*) -> $result:ty;)*) => {
        $(blocking!(@one $owner, $(#[$doc])* $name, [$($self)+], ($($argument: $type),*), $result);)*
    };
    (@one $owner:literal, $(#[$doc:meta])* $name:ident, [self], ($($argument:ident: $type:ty),*), $result:ty) => {
        #[doc = concat!("std's `", $owner, "::", stringify!($name), "`.")]
        $(#[$doc])*
        #[track_caller]
        pub fn $name(&self $(, $argument: $type)*) -> $result {
            crate::blocks(concat!($owner, "::", stringify!($name)));
            self.real.$name($($argument),*)
        }
    };
    (@one $owner:literal, $(#[$doc:meta])* $name:ident, [mut self], ($($argument:ident: $type:ty),*), $result:ty) => {
        #[doc = concat!("std's `", $owner, "::", stringify!($name), "`.")]
        $(#[$doc])*
        #[track_caller]
        pub fn $name(&mut self $(, $argument: $type)*) -> $result {
            crate::blocks(concat!($owner, "::", stringify!($name)));
            self.real.$name($($argument),*)
        }
    };
}

/// Methods that are std's, and do not block.
macro_rules! passing {
    ($owner:literal; $($(#[$doc:meta])* fn $name:ident($($self:ident)+ $(, $argument:ident: $type:ty)*) -> $result:ty;)*) => {
        $(passing!(@one $owner, $(#[$doc])* $name, [$($self)+], ($($argument: $type),*), $result);)*
    };
    (@one $owner:literal, $(#[$doc:meta])* $name:ident, [self], ($($argument:ident: $type:ty),*), $result:ty) => {
        #[doc = concat!("std's `", $owner, "::", stringify!($name), "`.")]
        $(#[$doc])*
        pub fn $name(&self $(, $argument: $type)*) -> $result {
            self.real.$name($($argument),*)
        }
    };
    (@one $owner:literal, $(#[$doc:meta])* $name:ident, [mut self], ($($argument:ident: $type:ty),*), $result:ty) => {
        #[doc = concat!("std's `", $owner, "::", stringify!($name), "`.")]
        $(#[$doc])*
        pub fn $name(&mut self $(, $argument: $type)*) -> $result {
            self.real.$name($($argument),*)
        }
    };
}

/// `Debug` as std's type has it.
macro_rules! debug_as_real {
    ($($type:ty),* $(,)?) => {
        $(impl real_std::fmt::Debug for $type {
            fn fmt(&self, f: &mut real_std::fmt::Formatter<'_>) -> real_std::fmt::Result {
                self.real.fmt(f)
            }
        })*
    };
}

pub(crate) use {blocking, debug_as_real, passing};
