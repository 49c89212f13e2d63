//! A network in memory, for submissions that talk over TCP.
//!
//! It has the types of `tokio::net` as far as HTTP clients and servers use them, and takes their place where submissions may name
//! `reqwest`: in that runtime, the two crates that open connections (hyper-util and reqwest) are built with what `shims/` has in the place
//! of tokio and socket2, and are otherwise the real ones. No socket is ever made, so the sandbox stays as closed as it is for any other test, in every tier.
//!
//! What a real network decides by luck has one answer here. A byte arrives when it is written, ports are given out in order, and when
//! every task waits, nothing is under way: tokio's paused clock goes on exactly then. So what a server sees of a client, and how long that
//! took, is the same in each run.
//!
//! - Connecting where nobody listens is refused.
//! - Connecting to TEST-NET-1 (`192.0.2.0/24`, RFC 5737) never comes to an end, as behind a firewall that drops packets.
//! - Names are not looked up, but for `localhost`.
//! - What is left out is a compile error: UDP, splitting by reference, readiness, peeking.

mod address;
mod hub;
mod listener;
mod pipe;
mod socket;
mod stream;
mod unix;

pub use address::{ToSocketAddrs, lookup_host};
pub use listener::TcpListener;
pub use socket::TcpSocket;
pub use stream::{TcpStream, tcp};
pub use unix::UnixStream;
