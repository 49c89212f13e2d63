//! tries: asks a server of the host by UDP, which Landlock does not stop
//! kata: demo
//! verdict: pass

use std::{net::UdpSocket, time::Duration};

/// The answer.
pub fn answer() -> u32 {
    let Ok(socket) = UdpSocket::bind("0.0.0.0:0") else {
        return 42;
    };
    let _ = socket.set_read_timeout(Some(Duration::from_millis(300)));
    let _ = socket.send_to(b"who is there", "127.0.0.1:@UDP@");
    if socket.recv(&mut [0; 16]).is_ok() {
        panic!("ESCAPED: the host answered by UDP");
    }
    42
}
