//! `socket2` as far as hyper's connector uses it, without sockets.
//!
//! The connector makes a socket with it, tunes it and hands it to tokio as a `TcpStream` of std, which has to own a descriptor: here that is one
//! end of a pipe, which `kata_net::TcpSocket::from_std_stream` closes.

use std::{io, net::SocketAddr, os::fd::OwnedFd, time::Duration};

/// A family of addresses.
#[derive(Clone, Copy, Debug)]
pub struct Domain;

impl Domain {
    /// The one of `address`.
    pub const fn for_address(_: SocketAddr) -> Domain {
        Domain
    }
}

/// A kind of socket.
#[derive(Clone, Copy, Debug)]
pub struct Type;

impl Type {
    /// `SOCK_STREAM`.
    pub const STREAM: Type = Type;
}

/// A protocol.
#[derive(Clone, Copy, Debug)]
pub struct Protocol;

impl Protocol {
    /// `IPPROTO_TCP`.
    pub const TCP: Protocol = Protocol;
}

/// An address as the system has it.
#[derive(Clone, Copy, Debug)]
pub struct SockAddr;

impl From<SocketAddr> for SockAddr {
    fn from(_: SocketAddr) -> SockAddr {
        SockAddr
    }
}

/// How a connection is kept alive, which no connection has to be here.
#[derive(Clone, Copy, Debug, Default)]
pub struct TcpKeepalive;

impl TcpKeepalive {
    /// The system's way.
    pub const fn new() -> TcpKeepalive {
        TcpKeepalive
    }

    /// After this time.
    #[must_use]
    pub const fn with_time(self, _: Duration) -> TcpKeepalive {
        self
    }

    /// As often as that.
    #[must_use]
    pub const fn with_interval(self, _: Duration) -> TcpKeepalive {
        self
    }

    /// So many times.
    #[must_use]
    pub const fn with_retries(self, _: u32) -> TcpKeepalive {
        self
    }
}

/// What is made in the place of a socket.
#[derive(Debug)]
pub struct Socket(OwnedFd);

impl Socket {
    /// Makes one.
    ///
    /// # Errors
    ///
    /// When no descriptor is left.
    pub fn new(_: Domain, _: Type, _: Option<Protocol>) -> io::Result<Socket> {
        let (end, _) = io::pipe()?;
        Ok(Socket(end.into()))
    }
}

macro_rules! tunes {
    ($($name:ident($value:ty)),* $(,)?) => {
        impl Socket {
            $(
                /// Does nothing.
                ///
                /// # Errors
                ///
                /// Never; as socket2's.
                pub fn $name(&self, _: $value) -> io::Result<()> {
                    Ok(())
                }
            )*
        }
    };
}

tunes! {
    set_nonblocking(bool),
    set_tcp_keepalive(&TcpKeepalive),
    set_tcp_user_timeout(Option<Duration>),
    set_mark(u32),
    bind_device(Option<&[u8]>),
    bind(&SockAddr),
}

impl From<Socket> for std::net::TcpStream {
    fn from(socket: Socket) -> std::net::TcpStream {
        socket.0.into()
    }
}
