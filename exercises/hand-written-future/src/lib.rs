//! A value that comes once, as a future that is written by hand.

use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};

/// The end that sends.
#[derive(Debug)]
pub struct Signal<T> {
    value: Arc<Mutex<Option<T>>>,
}

/// The end that waits: a future of the value, or of `None` if the other end is dropped without sending.
#[derive(Debug)]
pub struct Signalled<T> {
    value: Arc<Mutex<Option<T>>>,
}

/// A signal that can be given once, and a future of what comes with it.
///
/// ```
/// use std::pin::pin;
/// use std::task::{Context, Poll, Waker};
///
/// use hand_written_future::signal;
///
/// let mut nobody = Context::from_waker(Waker::noop());
///
/// let (signal, signalled) = signal();
/// let mut signalled = pin!(signalled);
/// assert_eq!(signalled.as_mut().poll(&mut nobody), Poll::Pending);
/// assert_eq!(signal.send("come"), Ok(()));
/// assert_eq!(signalled.as_mut().poll(&mut nobody), Poll::Ready(Some("come")));
/// ```
pub fn signal<T>() -> (Signal<T>, Signalled<T>) {
    let value = Arc::new(Mutex::new(None));
    let signalled = Signalled {
        value: Arc::clone(&value),
    };
    (Signal { value }, signalled)
}

impl<T> Signal<T> {
    /// Hands the value over.
    ///
    /// # Errors
    ///
    /// The value, when the other end is gone.
    pub fn send(self, value: T) -> Result<(), T> {
        // The value is there. But nobody hears of it.
        *self.value.lock().expect("nobody panics under it") = Some(value);
        Ok(())
    }
}

impl<T> Future for Signalled<T> {
    type Output = Option<T>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<T>> {
        match self.value.lock().expect("nobody panics under it").take() {
            Some(value) => Poll::Ready(Some(value)),
            None => {
                // Works, and never rests: it asks to be polled again at once.
                context.waker().wake_by_ref();
                Poll::Pending
            }
        }
    }
}
