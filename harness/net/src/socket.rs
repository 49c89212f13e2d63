//! Connections that are prepared before they are made.

use std::{
    io,
    net::{Ipv4Addr, Ipv6Addr, SocketAddr},
    sync::Mutex,
};

use crate::{TcpListener, TcpStream, hub};

/// A connection or listener to be; `tokio::net::TcpSocket`. What only tunes a real one does nothing.
#[derive(Debug)]
pub struct TcpSocket {
    bound: Mutex<Option<SocketAddr>>,
}

impl TcpSocket {
    const fn new() -> TcpSocket {
        TcpSocket {
            bound: Mutex::new(None),
        }
    }

    /// One for IPv4.
    ///
    /// # Errors
    ///
    /// Never; as tokio's.
    pub fn new_v4() -> io::Result<TcpSocket> {
        Ok(TcpSocket::new())
    }

    /// One for IPv6.
    ///
    /// # Errors
    ///
    /// Never; as tokio's.
    pub fn new_v6() -> io::Result<TcpSocket> {
        Ok(TcpSocket::new())
    }

    /// One in the place of what the shim of `socket2` has made, which is closed.
    pub fn from_std_stream(made: std::net::TcpStream) -> TcpSocket {
        drop(made);
        TcpSocket::new()
    }

    /// Begins at this address.
    ///
    /// # Errors
    ///
    /// Never: it is the listener or the connection that fails.
    pub fn bind(&self, address: SocketAddr) -> io::Result<()> {
        *self.bound() = Some(address);
        Ok(())
    }

    /// Connects.
    ///
    /// # Errors
    ///
    /// [`io::ErrorKind::ConnectionRefused`] where nobody listens.
    pub async fn connect(self, address: SocketAddr) -> io::Result<TcpStream> {
        let local = *self.bound();
        let any = |ip: std::net::IpAddr| ip == Ipv4Addr::UNSPECIFIED || ip == Ipv6Addr::UNSPECIFIED;
        hub::connect(address, local.filter(|local| !any(local.ip()))).await
    }

    /// Listens.
    ///
    /// # Errors
    ///
    /// [`io::ErrorKind::AddrInUse`] where somebody listens already.
    pub fn listen(self, backlog: u32) -> io::Result<TcpListener> {
        let local = *self.bound();
        TcpListener::at(
            local.unwrap_or_else(|| (Ipv4Addr::UNSPECIFIED, 0).into()),
            backlog,
        )
    }

    fn bound(&self) -> std::sync::MutexGuard<'_, Option<SocketAddr>> {
        self.bound
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

macro_rules! tunes {
    ($($(#[$doc:meta])* $name:ident($value:ty)),* $(,)?) => {
        impl TcpSocket {
            $(
                $(#[$doc])*
                ///
                /// # Errors
                ///
                /// Never; as tokio's.
                pub fn $name(&self, _: $value) -> io::Result<()> {
                    Ok(())
                }
            )*
        }
    };
}

tunes! {
    /// An address is free as soon as nobody listens there.
    set_reuseaddr(bool),
    /// As [`TcpSocket::set_reuseaddr`].
    set_reuseport(bool),
    /// Nobody gets lost here.
    set_keepalive(bool),
    /// The room between two ends is fixed.
    set_send_buffer_size(u32),
    /// The room between two ends is fixed.
    set_recv_buffer_size(u32),
    /// Nothing is ever held back.
    set_nodelay(bool),
}
