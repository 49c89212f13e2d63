//! Two ends of a connection, and what happens to one when the other goes.

use std::{
    io,
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    task::{Context, Poll, ready},
};

use tokio::io::{AsyncRead, AsyncWrite, DuplexStream, ReadBuf, duplex};

/// Bytes on their way in one direction, before who writes has to wait: what Linux begins with (`net.ipv4.tcp_wmem`, its middle
/// number is 16 KiB, and as much again on the other side), generously.
const ROOM: usize = 64 * 1024;

/// One end of a connection.
#[derive(Debug)]
pub(crate) struct Pipe {
    // Dropped first: the other end is told why before it learns that this one is gone.
    end: End,
    bytes: DuplexStream,
}

/// How this end goes, and how the other one went.
#[derive(Debug)]
struct End {
    /// Goes with a reset and not with a farewell.
    abrupt: AtomicBool,
    reset: Arc<AtomicBool>,
    was_reset: Arc<AtomicBool>,
}

impl Drop for End {
    fn drop(&mut self) {
        if self.abrupt.load(Ordering::Relaxed) {
            self.reset.store(true, Ordering::Relaxed);
        }
    }
}

impl Pipe {
    /// Both ends of a new connection.
    pub(crate) fn pair() -> (Pipe, Pipe) {
        let (one, other) = duplex(ROOM);
        let flags = [(); 2].map(|()| Arc::new(AtomicBool::new(false)));
        let [forth, back] = flags;
        let pipe = |bytes, reset: &Arc<AtomicBool>, was_reset: &Arc<AtomicBool>| Pipe {
            end: End {
                abrupt: AtomicBool::new(false),
                reset: Arc::clone(reset),
                was_reset: Arc::clone(was_reset),
            },
            bytes,
        };
        (pipe(one, &forth, &back), pipe(other, &back, &forth))
    }

    /// Lets the other end see [`io::ErrorKind::ConnectionReset`] when this one is dropped, after what it has been sent.
    pub(crate) fn goes_abruptly(&self) {
        self.end.abrupt.store(true, Ordering::Relaxed);
    }

    fn was_reset(&self) -> bool {
        self.end.was_reset.load(Ordering::Relaxed)
    }
}

fn reset() -> io::Error {
    io::Error::from(io::ErrorKind::ConnectionReset)
}

impl AsyncRead for Pipe {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        into: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = into.remaining();
        ready!(Pin::new(&mut self.bytes).poll_read(cx, into))?;
        if before > 0 && into.remaining() == before && self.was_reset() {
            return Poll::Ready(Err(reset()));
        }
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for Pipe {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let written = ready!(Pin::new(&mut self.bytes).poll_write(cx, bytes));
        Poll::Ready(written.map_err(|error| if self.was_reset() { reset() } else { error }))
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.bytes).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.bytes).poll_shutdown(cx)
    }
}
