//! tries: listens, so that somebody of the host connects to it
//! kata: demo
//! verdict: pass

use std::{net::TcpListener, thread, time::Duration};

/// The answer.
pub fn answer() -> u32 {
    let Ok(listener) = TcpListener::bind("0.0.0.0:@LISTEN@") else {
        return 42;
    };
    listener.set_nonblocking(true).unwrap();
    for _ in 0..40 {
        if listener.accept().is_ok() {
            panic!("ESCAPED: somebody of the host has connected");
        }
        thread::sleep(Duration::from_millis(10));
    }
    42
}
