//! Takes the first poll for nothing but the registration: a value that is there already is told by nobody.

use std::mem;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard};
use std::task::{Context, Poll, Waker};

#[derive(Debug)]
pub struct Signal<T> {
    shared: Shared<T>,
}

#[derive(Debug)]
pub struct Signalled<T> {
    shared: Shared<T>,
    registered: bool,
}

#[derive(Debug)]
struct Shared<T>(Arc<Mutex<Stage<T>>>);

#[derive(Debug)]
enum Stage<T> {
    Waiting(Option<Waker>),
    Sent(T),
    Over,
}

pub fn signal<T>() -> (Signal<T>, Signalled<T>) {
    let stage = Arc::new(Mutex::new(Stage::Waiting(None)));
    let signal = Signal {
        shared: Shared(Arc::clone(&stage)),
    };
    let signalled = Signalled {
        shared: Shared(stage),
        registered: false,
    };
    (signal, signalled)
}

impl<T> Shared<T> {
    fn lock(&self) -> MutexGuard<'_, Stage<T>> {
        self.0.lock().expect("nobody panics under it")
    }

    fn end_wait(&self, next: Stage<T>) -> Result<(), Stage<T>> {
        let mut stage = self.lock();
        if !matches!(*stage, Stage::Waiting(_)) {
            return Err(next);
        }
        let before = mem::replace(&mut *stage, next);
        drop(stage);
        if let Stage::Waiting(Some(waker)) = before {
            waker.wake();
        }
        Ok(())
    }
}

impl<T> Signal<T> {
    pub fn send(self, value: T) -> Result<(), T> {
        match self.shared.end_wait(Stage::Sent(value)) {
            Err(Stage::Sent(value)) => Err(value),
            _ => Ok(()),
        }
    }
}

impl<T> Drop for Signal<T> {
    fn drop(&mut self) {
        self.shared.end_wait(Stage::Over).ok();
    }
}

impl<T> Future for Signalled<T> {
    type Output = Option<T>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<T>> {
        let first = !mem::replace(&mut self.registered, true);
        let mut stage = self.shared.lock();
        if first {
            if let Stage::Waiting(waker) = &mut *stage {
                *waker = Some(context.waker().clone());
            }
            return Poll::Pending;
        }
        match mem::replace(&mut *stage, Stage::Over) {
            Stage::Waiting(_) => {
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
        drop(stage);
    }
}
