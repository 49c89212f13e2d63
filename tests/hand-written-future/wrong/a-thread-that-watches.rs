//! Starts a thread that looks for the value again and again, and wakes when it is there.

use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};
use std::thread;

pub struct Signal<T>(Arc<Mutex<Option<T>>>);

pub struct Signalled<T>(Arc<Mutex<Option<T>>>);

pub fn signal<T>() -> (Signal<T>, Signalled<T>) {
    let value = Arc::new(Mutex::new(None));
    (Signal(Arc::clone(&value)), Signalled(value))
}

impl<T> Signal<T> {
    pub fn send(self, value: T) -> Result<(), T> {
        *self.0.lock().unwrap() = Some(value);
        Ok(())
    }
}

impl<T: Send + 'static> Future for Signalled<T> {
    type Output = Option<T>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<T>> {
        if let Some(value) = self.0.lock().unwrap().take() {
            return Poll::Ready(Some(value));
        }
        let (value, waker) = (Arc::clone(&self.0), context.waker().clone());
        thread::spawn(move || {
            while value.lock().unwrap().is_none() {
                thread::yield_now();
            }
            waker.wake();
        });
        Poll::Pending
    }
}
