//! tries: hands a descriptor over to a process that it has left, for the next submission
//! kata: free
//! runs: 2
//! verdict: pass

use std::{os::fd::AsRawFd, os::linux::net::SocketAddrExt, os::unix::net};

unsafe extern "C" {
    fn syscall(number: i64, ...) -> i64;
}

/// The answer.
pub fn answer() -> u32 {
    let address = net::SocketAddr::from_abstract_name("@MARK@-descriptor").unwrap();
    if net::UnixDatagram::bind_addr(&address).is_ok() {
        panic!("ESCAPED: has a socket with a name");
    }
    let Ok((one, _other)) = net::UnixDatagram::pair() else {
        return 42;
    };
    // bind, to a name of its own
    let named = [1_u8, 0, 0, b'x'];
    if unsafe { syscall(49, one.as_raw_fd(), named.as_ptr(), named.len()) } == 0 {
        panic!("ESCAPED: has given a socket a name");
    }
    42
}
