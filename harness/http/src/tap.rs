//! A connection that can be made to misbehave.

use std::{
    io,
    pin::Pin,
    sync::{Arc, Mutex, PoisonError},
    task::{Context, Poll},
};

use kata_net::TcpStream;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

/// A connection whose server can be made to say something else.
pub(crate) struct Tap {
    stream: TcpStream,
    orders: Orders,
}

/// What else is to be said.
#[derive(Clone, Default)]
pub(crate) struct Orders(Arc<Mutex<Order>>);

#[derive(Default)]
enum Order {
    /// Nothing.
    #[default]
    None,
    /// These bytes, in the place of whatever comes; and then the connection ends, or stays.
    Say(Vec<u8>, End),
    /// Nothing any more: all has been said.
    Silence(End),
    /// The connection ends with a reset.
    Reset,
}

/// What becomes of a connection when all has been said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    /// It ends.
    Ends,
    /// It stays, and nothing more comes.
    Stays,
}

impl Orders {
    /// In the place of the next answer and of all behind it, these bytes go out.
    pub(crate) fn say(&self, bytes: Vec<u8>, end: End) {
        self.set(Order::Say(bytes, end));
    }

    /// The connection will end with a reset.
    pub(crate) fn reset(&self) {
        self.set(Order::Reset);
    }

    fn set(&self, order: Order) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = order;
    }
}

impl Tap {
    pub(crate) fn new(stream: TcpStream) -> (Tap, Orders) {
        let orders = Orders::default();
        let tap = Tap {
            stream,
            orders: orders.clone(),
        };
        (tap, orders)
    }
}

impl AsyncRead for Tap {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        into: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(cx, into)
    }
}

impl AsyncWrite for Tap {
    fn poll_write(self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let Tap { stream, orders } = self.get_mut();
        let mut order = orders.0.lock().unwrap_or_else(PoisonError::into_inner);
        match &mut *order {
            Order::None | Order::Reset => Pin::new(stream).poll_write(cx, bytes),
            Order::Silence(_) => Poll::Ready(Ok(bytes.len())),
            Order::Say(left, end) => {
                let end = *end;
                while !left.is_empty() {
                    match Pin::new(&mut *stream).poll_write(cx, left) {
                        Poll::Ready(Ok(written)) => drop(left.drain(..written)),
                        other => return other,
                    }
                }
                *order = Order::Silence(end);
                Poll::Ready(Ok(bytes.len()))
            }
        }
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let Tap { stream, orders } = self.get_mut();
        let order = orders.0.lock().unwrap_or_else(PoisonError::into_inner);
        match *order {
            // Until the server itself is gone.
            Order::Silence(End::Stays) => Poll::Pending,
            _ => Pin::new(stream).poll_shutdown(cx),
        }
    }
}

impl Drop for Tap {
    fn drop(&mut self) {
        let order = self.orders.0.lock().unwrap_or_else(PoisonError::into_inner);
        if matches!(*order, Order::Reset) {
            // As tokio's, it says that it may fail.
            drop(self.stream.set_zero_linger());
        }
    }
}
