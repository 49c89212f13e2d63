//! Waiting for connections.

use std::{io, net::SocketAddr};

use tokio::sync::{Mutex, mpsc};

use crate::{TcpStream, ToSocketAddrs, hub};

/// How many connections wait to be accepted, as tokio asks for.
const BACKLOG: u32 = 1024;

/// A place to connect to; `tokio::net::TcpListener`.
#[derive(Debug)]
pub struct TcpListener {
    address: SocketAddr,
    queue: Mutex<mpsc::Receiver<TcpStream>>,
}

impl TcpListener {
    /// Listens at the first of these addresses that is free. Port 0 stands for one that nobody has.
    ///
    /// # Errors
    ///
    /// [`io::ErrorKind::AddrInUse`] where somebody listens already, and those of [`ToSocketAddrs`].
    pub async fn bind<A: ToSocketAddrs>(at: A) -> io::Result<TcpListener> {
        let mut last = io::Error::new(io::ErrorKind::InvalidInput, "could not resolve to any address");
        for address in at.to_addresses()? {
            match TcpListener::at(address, BACKLOG) {
                Ok(listener) => return Ok(listener),
                Err(error) => last = error,
            }
        }
        Err(last)
    }

    /// Listens at `address`, where so many connections may wait to be accepted.
    pub(crate) fn at(address: SocketAddr, backlog: u32) -> io::Result<TcpListener> {
        let backlog = usize::try_from(backlog.clamp(1, BACKLOG)).expect("a small number");
        let (sender, queue) = mpsc::channel(backlog);
        Ok(TcpListener {
            address: hub::listen(address, sender)?,
            queue: Mutex::new(queue),
        })
    }

    /// The next connection, and the address of its other end.
    ///
    /// # Errors
    ///
    /// Never; as tokio's.
    pub async fn accept(&self) -> io::Result<(TcpStream, SocketAddr)> {
        let stream = self.queue.lock().await.recv().await;
        let stream = stream.ok_or(io::ErrorKind::NotConnected)?;
        let peer = stream.peer_addr()?;
        Ok((stream, peer))
    }

    /// Where it listens.
    ///
    /// # Errors
    ///
    /// Never; as tokio's.
    pub fn local_addr(&self) -> io::Result<SocketAddr> {
        Ok(self.address)
    }
}

impl Drop for TcpListener {
    fn drop(&mut self) {
        hub::silence(self.address);
        // Who was not accepted is turned away.
        while let Ok(stream) = self.queue.get_mut().try_recv() {
            drop(stream.set_zero_linger());
        }
    }
}
