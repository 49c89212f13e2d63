//! tries: finds the host by its name, and connects
//! kata: demo
//! verdict: pass

use std::net::TcpStream;

/// The answer.
pub fn answer() -> u32 {
    if TcpStream::connect(("localhost", @TCP@)).is_ok() {
        panic!("ESCAPED: connected to localhost");
    }
    42
}
