//! A value that comes once, as a future that is written by hand.

use std::mem;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard};
use std::task::{Context, Poll, Waker};

/// The end that sends.
#[derive(Debug)]
pub struct Signal<T> {
    shared: Shared<T>,
}

/// The end that waits: a future of the value, or of `None` if the other end is dropped without sending.
#[derive(Debug)]
pub struct Signalled<T> {
    shared: Shared<T>,
}

/// What both ends share. One lock is around everything, so whoever finds no value has left its waker before
/// one can come.
#[derive(Debug)]
struct Shared<T>(Arc<Mutex<Stage<T>>>);

#[derive(Debug)]
enum Stage<T> {
    /// There is no value yet. The waker is that of the last poll.
    Waiting(Option<Waker>),
    /// It is there, and has not been taken.
    Sent(T),
    /// It is taken, or will not come, or nobody waits for it any more.
    Over,
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
    let stage = Arc::new(Mutex::new(Stage::Waiting(None)));
    let signal = Signal {
        shared: Shared(Arc::clone(&stage)),
    };
    let signalled = Signalled {
        shared: Shared(stage),
    };
    (signal, signalled)
}

impl<T> Shared<T> {
    fn lock(&self) -> MutexGuard<'_, Stage<T>> {
        self.0.lock().expect("nobody panics under it")
    }

    /// Goes over to `next` if the value is still waited for; gives `next` back if it is not.
    fn end_wait(&self, next: Stage<T>) -> Result<(), Stage<T>> {
        let mut stage = self.lock();
        if !matches!(*stage, Stage::Waiting(_)) {
            return Err(next);
        }
        let before = mem::replace(&mut *stage, next);
        // The waker may poll right here, and that takes the lock.
        drop(stage);
        if let Stage::Waiting(Some(waker)) = before {
            waker.wake();
        }
        Ok(())
    }
}

impl<T> Signal<T> {
    /// Hands the value over.
    ///
    /// # Errors
    ///
    /// The value, when the other end is gone.
    pub fn send(self, value: T) -> Result<(), T> {
        match self.shared.end_wait(Stage::Sent(value)) {
            Err(Stage::Sent(value)) => Err(value),
            _ => Ok(()),
        }
    }
}

impl<T> Drop for Signal<T> {
    fn drop(&mut self) {
        // After a `send`, nobody waits any more, and this does nothing.
        self.shared.end_wait(Stage::Over).ok();
    }
}

impl<T> Future for Signalled<T> {
    type Output = Option<T>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<T>> {
        let mut stage = self.shared.lock();
        match mem::replace(&mut *stage, Stage::Over) {
            Stage::Waiting(_) => {
                // Whoever polls now is who waits: the waker of an earlier poll is of no use any more.
                *stage = Stage::Waiting(Some(context.waker().clone()));
                Poll::Pending
            }
            Stage::Sent(value) => Poll::Ready(Some(value)),
            Stage::Over => Poll::Ready(None),
        }
    }
}

impl<T> Drop for Signalled<T> {
    fn drop(&mut self) {
        let stage = mem::replace(&mut *self.shared.lock(), Stage::Over);
        // A value that nobody has taken is dropped out of the lock, whatever its own drop does.
        drop(stage);
    }
}
