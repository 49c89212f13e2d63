//! tries: leaves files with names that upset whoever prints them
//! kata: demo
//! verdict: pass

use std::{ffi::OsStr, fs, os::unix::ffi::OsStrExt};

/// The answer.
pub fn answer() -> u32 {
    for name in [
        &b"two\nlines"[..],
        b"\x1b[2J\x1b]0;x\x07",
        b"\xff\xfe",
        b"-rf",
        b"$(touch x)",
        b"*",
        b" ",
        b"...",
    ] {
        let _ = fs::write(OsStr::from_bytes(name), "x");
    }
    42
}
