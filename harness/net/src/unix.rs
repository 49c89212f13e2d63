//! Sockets with paths, of which there are none.

use std::{
    convert::Infallible,
    io,
    path::Path,
    pin::Pin,
    task::{Context, Poll},
};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

/// `tokio::net::UnixStream`, to which nobody ever connects.
#[derive(Debug)]
pub struct UnixStream(Infallible);

impl UnixStream {
    /// Fails.
    ///
    /// # Errors
    ///
    /// [`io::ErrorKind::NotFound`]: nobody listens at a path here.
    pub async fn connect<P: AsRef<Path>>(_: P) -> io::Result<UnixStream> {
        Err(io::ErrorKind::NotFound.into())
    }
}

impl AsyncRead for UnixStream {
    fn poll_read(self: Pin<&mut Self>, _: &mut Context<'_>, _: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        match self.0 {}
    }
}

impl AsyncWrite for UnixStream {
    fn poll_write(self: Pin<&mut Self>, _: &mut Context<'_>, _: &[u8]) -> Poll<io::Result<usize>> {
        match self.0 {}
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        match self.0 {}
    }

    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        match self.0 {}
    }
}
