//! [`real_std::net`], whose sockets are seen on the event loop.

use real_std::{
    fmt, io,
    io::{IoSlice, IoSliceMut},
    net as real,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering::Relaxed},
    },
    time::Duration,
};

pub use real_std::net::*;

use crate::{blocks, passing};

/// Whether a socket waits, which is the same for all that are cloned from it.
#[derive(Clone)]
struct Waits(Arc<AtomicBool>);

impl Waits {
    fn new() -> Waits {
        Waits(Arc::new(AtomicBool::new(true)))
    }

    #[track_caller]
    fn blocks(&self, call: &'static str) {
        if self.0.load(Relaxed) {
            blocks(call);
        }
    }
}

/// A socket, with what its type has of its own.
macro_rules! sockets {
    ($($(#[$doc:meta])* $name:ident)*) => {
        $(
            $(#[$doc])*
            pub struct $name {
                waits: Waits,
                real: real::$name,
            }

            impl $name {
                fn new(real: real::$name) -> $name {
                    $name { waits: Waits::new(), real }
                }

                #[doc = concat!("std's `", stringify!($name), "::try_clone`.")]
                pub fn try_clone(&self) -> io::Result<$name> {
                    Ok($name { waits: self.waits.clone(), real: self.real.try_clone()? })
                }

                #[doc = concat!("std's `", stringify!($name), "::set_nonblocking`.")]
                pub fn set_nonblocking(&self, nonblocking: bool) -> io::Result<()> {
                    self.real.set_nonblocking(nonblocking)?;
                    self.waits.0.store(!nonblocking, Relaxed);
                    Ok(())
                }

                passing! { "a socket";
                    fn local_addr(self) -> io::Result<SocketAddr>;
                    fn set_ttl(self, ttl: u32) -> io::Result<()>;
                    fn ttl(self) -> io::Result<u32>;
                    fn take_error(self) -> io::Result<Option<io::Error>>;
                }
            }

            impl fmt::Debug for $name {
                fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                    self.real.fmt(f)
                }
            }

            #[cfg(unix)]
            impl real_std::os::fd::AsFd for $name {
                fn as_fd(&self) -> real_std::os::fd::BorrowedFd<'_> {
                    self.real.as_fd()
                }
            }

            #[cfg(unix)]
            impl real_std::os::fd::AsRawFd for $name {
                fn as_raw_fd(&self) -> real_std::os::fd::RawFd {
                    self.real.as_raw_fd()
                }
            }

            #[cfg(unix)]
            impl real_std::os::fd::IntoRawFd for $name {
                fn into_raw_fd(self) -> real_std::os::fd::RawFd {
                    self.real.into_raw_fd()
                }
            }

            #[cfg(unix)]
            impl From<$name> for real_std::os::fd::OwnedFd {
                fn from(socket: $name) -> real_std::os::fd::OwnedFd {
                    socket.real.into()
                }
            }

            #[cfg(unix)]
            impl From<real_std::os::fd::OwnedFd> for $name {
                fn from(descriptor: real_std::os::fd::OwnedFd) -> $name {
                    $name::new(descriptor.into())
                }
            }
        )*
    };
}

sockets! {
    /// std's `TcpStream`.
    TcpStream
    /// std's `TcpListener`.
    TcpListener
    /// std's `UdpSocket`.
    UdpSocket
}

/// Methods that wait unless the socket does not.
macro_rules! waiting {
    ($owner:literal; $(fn $name:ident(self $(, $argument:ident: $type:ty)*) -> $result:ty;)*) => {
        $(
            #[doc = concat!("std's `", $owner, "::", stringify!($name), "`.")]
            #[track_caller]
            pub fn $name(&self $(, $argument: $type)*) -> $result {
                self.waits.blocks(concat!($owner, "::", stringify!($name)));
                self.real.$name($($argument),*)
            }
        )*
    };
}

impl TcpStream {
    /// std's `TcpStream::connect`.
    #[track_caller]
    pub fn connect<A: ToSocketAddrs>(address: A) -> io::Result<TcpStream> {
        blocks("TcpStream::connect");
        real::TcpStream::connect(address).map(TcpStream::new)
    }

    /// std's `TcpStream::connect_timeout`.
    #[track_caller]
    pub fn connect_timeout(address: &SocketAddr, timeout: Duration) -> io::Result<TcpStream> {
        blocks("TcpStream::connect_timeout");
        real::TcpStream::connect_timeout(address, timeout).map(TcpStream::new)
    }

    passing! { "TcpStream";
        fn nodelay(self) -> io::Result<bool>;
        fn peer_addr(self) -> io::Result<SocketAddr>;
        fn read_timeout(self) -> io::Result<Option<Duration>>;
        fn set_nodelay(self, nodelay: bool) -> io::Result<()>;
        fn set_read_timeout(self, timeout: Option<Duration>) -> io::Result<()>;
        fn set_write_timeout(self, timeout: Option<Duration>) -> io::Result<()>;
        fn shutdown(self, how: Shutdown) -> io::Result<()>;
        fn write_timeout(self) -> io::Result<Option<Duration>>;
    }
    waiting! { "TcpStream";
        fn peek(self, buffer: &mut [u8]) -> io::Result<usize>;
    }
}

macro_rules! stream_io {
    ($($type:ty)*) => {
        $(
            impl io::Read for $type {
                #[track_caller]
                fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
                    self.waits.blocks("TcpStream::read");
                    (&self.real).read(buffer)
                }

                #[track_caller]
                fn read_vectored(&mut self, buffers: &mut [IoSliceMut<'_>]) -> io::Result<usize> {
                    self.waits.blocks("TcpStream::read_vectored");
                    (&self.real).read_vectored(buffers)
                }
            }

            impl io::Write for $type {
                #[track_caller]
                fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
                    self.waits.blocks("TcpStream::write");
                    (&self.real).write(bytes)
                }

                #[track_caller]
                fn write_vectored(&mut self, buffers: &[IoSlice<'_>]) -> io::Result<usize> {
                    self.waits.blocks("TcpStream::write_vectored");
                    (&self.real).write_vectored(buffers)
                }

                fn flush(&mut self) -> io::Result<()> {
                    (&self.real).flush()
                }
            }
        )*
    };
}

stream_io! { TcpStream &TcpStream }

impl TcpListener {
    /// std's `TcpListener::bind`.
    pub fn bind<A: ToSocketAddrs>(address: A) -> io::Result<TcpListener> {
        real::TcpListener::bind(address).map(TcpListener::new)
    }

    /// std's `TcpListener::accept`.
    #[track_caller]
    pub fn accept(&self) -> io::Result<(TcpStream, SocketAddr)> {
        self.waits.blocks("TcpListener::accept");
        let (stream, address) = self.real.accept()?;
        Ok((TcpStream::new(stream), address))
    }

    /// std's `TcpListener::only_v6`.
    #[deprecated(note = "this option can only be set before the socket is bound")]
    #[expect(deprecated, reason = "it is passed on")]
    pub fn only_v6(&self) -> io::Result<bool> {
        self.real.only_v6()
    }

    /// std's `TcpListener::set_only_v6`.
    #[deprecated(note = "this option can only be set before the socket is bound")]
    #[expect(deprecated, reason = "it is passed on")]
    pub fn set_only_v6(&self, only_v6: bool) -> io::Result<()> {
        self.real.set_only_v6(only_v6)
    }

    /// std's `TcpListener::incoming`.
    pub fn incoming(&self) -> Incoming<'_> {
        Incoming { listener: self }
    }
}

/// std's `Incoming`.
#[derive(Debug)]
pub struct Incoming<'a> {
    listener: &'a TcpListener,
}

impl Iterator for Incoming<'_> {
    type Item = io::Result<TcpStream>;

    #[track_caller]
    fn next(&mut self) -> Option<io::Result<TcpStream>> {
        Some(self.listener.accept().map(|(stream, _)| stream))
    }
}

impl UdpSocket {
    /// std's `UdpSocket::bind`.
    pub fn bind<A: ToSocketAddrs>(address: A) -> io::Result<UdpSocket> {
        real::UdpSocket::bind(address).map(UdpSocket::new)
    }

    /// std's `UdpSocket::connect`: it sends nothing.
    pub fn connect<A: ToSocketAddrs>(&self, address: A) -> io::Result<()> {
        self.real.connect(address)
    }

    /// std's `UdpSocket::send_to`.
    #[track_caller]
    pub fn send_to<A: ToSocketAddrs>(&self, bytes: &[u8], address: A) -> io::Result<usize> {
        self.waits.blocks("UdpSocket::send_to");
        self.real.send_to(bytes, address)
    }

    passing! { "UdpSocket";
        fn broadcast(self) -> io::Result<bool>;
        fn join_multicast_v4(self, multicast: &Ipv4Addr, interface: &Ipv4Addr) -> io::Result<()>;
        fn join_multicast_v6(self, multicast: &Ipv6Addr, interface: u32) -> io::Result<()>;
        fn leave_multicast_v4(self, multicast: &Ipv4Addr, interface: &Ipv4Addr) -> io::Result<()>;
        fn leave_multicast_v6(self, multicast: &Ipv6Addr, interface: u32) -> io::Result<()>;
        fn multicast_loop_v4(self) -> io::Result<bool>;
        fn multicast_loop_v6(self) -> io::Result<bool>;
        fn multicast_ttl_v4(self) -> io::Result<u32>;
        fn peer_addr(self) -> io::Result<SocketAddr>;
        fn read_timeout(self) -> io::Result<Option<Duration>>;
        fn set_broadcast(self, broadcast: bool) -> io::Result<()>;
        fn set_multicast_loop_v4(self, on: bool) -> io::Result<()>;
        fn set_multicast_loop_v6(self, on: bool) -> io::Result<()>;
        fn set_multicast_ttl_v4(self, ttl: u32) -> io::Result<()>;
        fn set_read_timeout(self, timeout: Option<Duration>) -> io::Result<()>;
        fn set_write_timeout(self, timeout: Option<Duration>) -> io::Result<()>;
        fn write_timeout(self) -> io::Result<Option<Duration>>;
    }
    waiting! { "UdpSocket";
        fn peek(self, buffer: &mut [u8]) -> io::Result<usize>;
        fn peek_from(self, buffer: &mut [u8]) -> io::Result<(usize, SocketAddr)>;
        fn recv(self, buffer: &mut [u8]) -> io::Result<usize>;
        fn recv_from(self, buffer: &mut [u8]) -> io::Result<(usize, SocketAddr)>;
        fn send(self, bytes: &[u8]) -> io::Result<usize>;
    }
}
