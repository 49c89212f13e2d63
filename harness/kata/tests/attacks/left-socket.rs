//! tries: leaves a socket that somebody seems to listen on
//! kata: demo
//! verdict: pass

use std::os::unix::net::UnixListener;

/// The answer.
pub fn answer() -> u32 {
    std::mem::forget(UnixListener::bind("socket"));
    42
}
