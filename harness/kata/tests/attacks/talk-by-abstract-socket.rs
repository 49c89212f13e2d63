//! tries: leaves a process that answers by an abstract socket
//! kata: demo
//! runs: 2
//! verdict: pass

use std::{
    os::{
        fd::OwnedFd,
        linux::net::SocketAddrExt,
        unix::net::{SocketAddr, UnixListener, UnixStream},
    },
    process::Command,
};

/// The answer.
pub fn answer() -> u32 {
    let address = SocketAddr::from_abstract_name("@MARK@-talk").unwrap();
    if UnixStream::connect_addr(&address).is_ok() {
        panic!("ESCAPED: another submission has answered");
    }
    let Ok(listener) = UnixListener::bind_addr(&address) else {
        return 42;
    };
    // The child has it as its standard input, for as long as it is left alone.
    let _ = Command::new("setsid")
        .args(["sleep", "60"])
        .stdin(OwnedFd::from(listener))
        .spawn();
    42
}
