//! tries: connects to a server of the host
//! kata: demo
//! verdict: pass

use std::net::TcpStream;

/// The answer.
pub fn answer() -> u32 {
    if TcpStream::connect("127.0.0.1:@TCP@").is_ok() {
        panic!("ESCAPED: connected to the host by TCP");
    }
    42
}
