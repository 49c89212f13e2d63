//! Connections.

use std::{
    io,
    net::SocketAddr,
    pin::Pin,
    task::{Context, Poll},
};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf, split};

use crate::{ToSocketAddrs, hub, pipe::Pipe};

/// A connection; `tokio::net::TcpStream`.
#[derive(Debug)]
pub struct TcpStream {
    pipe: Pipe,
    names: Names,
}

/// The addresses of its ends.
#[derive(Clone, Copy, Debug)]
struct Names {
    local: SocketAddr,
    peer: SocketAddr,
}

impl TcpStream {
    /// Connects to the first of these addresses where somebody listens.
    ///
    /// # Errors
    ///
    /// [`io::ErrorKind::ConnectionRefused`] where nobody does, and those of [`ToSocketAddrs`].
    pub async fn connect<A: ToSocketAddrs>(to: A) -> io::Result<TcpStream> {
        let mut last = io::Error::new(io::ErrorKind::InvalidInput, "could not resolve to any address");
        for address in to.to_addresses()? {
            match hub::connect(address, None).await {
                Ok(stream) => return Ok(stream),
                Err(error) => last = error,
            }
        }
        Err(last)
    }

    /// Both ends of a new connection: whose address is `local`, and whose is `peer`.
    pub(crate) fn pair(local: SocketAddr, peer: SocketAddr) -> (TcpStream, TcpStream) {
        let (here, there) = Pipe::pair();
        let stream = |pipe, local, peer| TcpStream {
            pipe,
            names: Names { local, peer },
        };
        (stream(here, local, peer), stream(there, peer, local))
    }

    /// The address of this end.
    ///
    /// # Errors
    ///
    /// Never; as tokio's.
    pub fn local_addr(&self) -> io::Result<SocketAddr> {
        Ok(self.names.local)
    }

    /// The address of the other end.
    ///
    /// # Errors
    ///
    /// Never; as tokio's.
    pub fn peer_addr(&self) -> io::Result<SocketAddr> {
        Ok(self.names.peer)
    }

    /// Nothing is ever held back, whatever is asked for.
    ///
    /// # Errors
    ///
    /// Never; as tokio's.
    pub fn set_nodelay(&self, _: bool) -> io::Result<()> {
        Ok(())
    }

    /// Always.
    ///
    /// # Errors
    ///
    /// Never; as tokio's.
    pub fn nodelay(&self) -> io::Result<bool> {
        Ok(true)
    }

    /// Lets the other end see a reset when this one is dropped.
    ///
    /// # Errors
    ///
    /// Never; as tokio's.
    pub fn set_zero_linger(&self) -> io::Result<()> {
        self.pipe.goes_abruptly();
        Ok(())
    }

    /// A half to read from, and one to write to.
    pub fn into_split(self) -> (tcp::OwnedReadHalf, tcp::OwnedWriteHalf) {
        let names = self.names;
        let (read, write) = split(self.pipe);
        (
            tcp::OwnedReadHalf { half: read, names },
            tcp::OwnedWriteHalf { half: write, names },
        )
    }
}

impl AsyncRead for TcpStream {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        into: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.pipe).poll_read(cx, into)
    }
}

macro_rules! writes {
    ($of:ty, $to:ident) => {
        impl AsyncWrite for $of {
            fn poll_write(
                mut self: Pin<&mut Self>,
                cx: &mut Context<'_>,
                bytes: &[u8],
            ) -> Poll<io::Result<usize>> {
                Pin::new(&mut self.$to).poll_write(cx, bytes)
            }

            fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
                Pin::new(&mut self.$to).poll_flush(cx)
            }

            fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
                Pin::new(&mut self.$to).poll_shutdown(cx)
            }
        }
    };
}

writes!(TcpStream, pipe);

/// `tokio::net::tcp`.
pub mod tcp {
    use std::task::Waker;

    use tokio::io::{ReadHalf, WriteHalf};

    use super::{AsyncRead, AsyncWrite, Context, Names, Pin, Pipe, Poll, ReadBuf, SocketAddr, io};

    /// The half that reads; `tokio::net::tcp::OwnedReadHalf`.
    #[derive(Debug)]
    pub struct OwnedReadHalf {
        pub(super) half: ReadHalf<Pipe>,
        pub(super) names: Names,
    }

    /// The half that writes; `tokio::net::tcp::OwnedWriteHalf`. When it is dropped, the other end reads no more.
    #[derive(Debug)]
    pub struct OwnedWriteHalf {
        pub(super) half: WriteHalf<Pipe>,
        pub(super) names: Names,
    }

    impl OwnedReadHalf {
        /// The address of the other end.
        ///
        /// # Errors
        ///
        /// Never; as tokio's.
        pub fn peer_addr(&self) -> io::Result<SocketAddr> {
            Ok(self.names.peer)
        }
    }

    impl OwnedWriteHalf {
        /// The address of the other end.
        ///
        /// # Errors
        ///
        /// Never; as tokio's.
        pub fn peer_addr(&self) -> io::Result<SocketAddr> {
            Ok(self.names.peer)
        }
    }

    impl AsyncRead for OwnedReadHalf {
        fn poll_read(
            mut self: Pin<&mut Self>,
            cx: &mut Context<'_>,
            into: &mut ReadBuf<'_>,
        ) -> Poll<io::Result<()>> {
            Pin::new(&mut self.half).poll_read(cx, into)
        }
    }

    writes!(OwnedWriteHalf, half);

    impl Drop for OwnedWriteHalf {
        fn drop(&mut self) {
            // In memory that is done at once.
            let _ = Pin::new(&mut self.half).poll_shutdown(&mut Context::from_waker(Waker::noop()));
        }
    }
}
