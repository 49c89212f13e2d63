//! tries: connects to a socket of the host that is only a name
//! kata: demo
//! verdict: pass

use std::os::{
    linux::net::SocketAddrExt,
    unix::net::{SocketAddr, UnixStream},
};

/// The answer.
pub fn answer() -> u32 {
    let address = SocketAddr::from_abstract_name("@ABSTRACT@").unwrap();
    if UnixStream::connect_addr(&address).is_ok() {
        panic!("ESCAPED: connected to an abstract socket");
    }
    42
}
