//! A channel carries the value, and knows when an end is gone; only the waker is beside it.

use std::pin::Pin;
use std::sync::mpsc::{self, Receiver, Sender, TryRecvError};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};

type Slot = Arc<Mutex<Option<Waker>>>;

pub struct Signal<T> {
    value: Option<Sender<T>>,
    waker: Slot,
}

pub struct Signalled<T> {
    value: Receiver<T>,
    waker: Slot,
}

pub fn signal<T>() -> (Signal<T>, Signalled<T>) {
    let (send, receive) = mpsc::channel();
    let waker = Slot::default();
    let signal = Signal {
        value: Some(send),
        waker: Arc::clone(&waker),
    };
    let signalled = Signalled {
        value: receive,
        waker,
    };
    (signal, signalled)
}

impl<T> Signal<T> {
    pub fn send(self, value: T) -> Result<(), T> {
        match &self.value {
            Some(channel) => channel.send(value).map_err(|unsent| unsent.0),
            None => Err(value),
        }
    }
}

impl<T> Drop for Signal<T> {
    fn drop(&mut self) {
        // The end of the channel goes first: whoever is woken finds it closed, if nothing was sent.
        self.value = None;
        let waker = self.waker.lock().unwrap().take();
        if let Some(waker) = waker {
            waker.wake();
        }
    }
}

impl<T> Future for Signalled<T> {
    type Output = Option<T>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<T>> {
        *self.waker.lock().unwrap() = Some(context.waker().clone());
        let polled = match self.value.try_recv() {
            Ok(value) => Poll::Ready(Some(value)),
            Err(TryRecvError::Disconnected) => Poll::Ready(None),
            Err(TryRecvError::Empty) => return Poll::Pending,
        };
        self.waker.lock().unwrap().take();
        polled
    }
}

impl<T> Drop for Signalled<T> {
    fn drop(&mut self) {
        self.waker.lock().unwrap().take();
    }
}
