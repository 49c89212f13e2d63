//! tries: connects by an IPv4 address in the clothes of an IPv6 one
//! kata: demo
//! verdict: pass

use std::net::TcpStream;

/// The answer.
pub fn answer() -> u32 {
    if TcpStream::connect("[::ffff:127.0.0.1]:@TCP@").is_ok() {
        panic!("ESCAPED: connected to the host by a mapped address");
    }
    42
}
