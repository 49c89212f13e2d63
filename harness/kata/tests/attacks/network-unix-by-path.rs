//! tries: connects to a socket of the host that is a file
//! kata: demo
//! verdict: pass

use std::os::unix::net::UnixStream;

/// The answer.
pub fn answer() -> u32 {
    if UnixStream::connect("@UNIX@").is_ok() {
        panic!("ESCAPED: connected to a socket that is a file");
    }
    42
}
