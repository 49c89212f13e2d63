//! tries: asks the resolvers of the host for an address
//! kata: demo
//! verdict: pass

use std::{net::ToSocketAddrs, sync::mpsc, thread, time::Duration};

/// The answer.
pub fn answer() -> u32 {
    let (told, answer) = mpsc::channel();
    thread::spawn(move || told.send(("example.com", 80).to_socket_addrs().map(Iterator::count)));
    if let Ok(Ok(1..)) = answer.recv_timeout(Duration::from_millis(500)) {
        panic!("ESCAPED: a name was resolved");
    }
    42
}
