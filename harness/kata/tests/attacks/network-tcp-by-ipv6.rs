//! tries: connects to a server of the host by IPv6
//! kata: demo
//! verdict: pass

use std::net::TcpStream;

/// The answer.
pub fn answer() -> u32 {
    if TcpStream::connect("[::1]:@TCP6@").is_ok() {
        panic!("ESCAPED: connected to the host by IPv6");
    }
    42
}
