//! Two locks, and the right order: the waker is there before the look, so whoever comes later calls it.

use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};

enum Stage<T> {
    Waiting,
    Sent(T),
    Over,
}

struct Shared<T> {
    stage: Mutex<Stage<T>>,
    waker: Mutex<Option<Waker>>,
}

pub struct Signal<T>(Arc<Shared<T>>);

pub struct Signalled<T>(Arc<Shared<T>>);

pub fn signal<T>() -> (Signal<T>, Signalled<T>) {
    let shared = Arc::new(Shared {
        stage: Mutex::new(Stage::Waiting),
        waker: Mutex::new(None),
    });
    (Signal(Arc::clone(&shared)), Signalled(shared))
}

impl<T> Shared<T> {
    fn end_wait(&self, next: Stage<T>) -> Result<(), Stage<T>> {
        let mut stage = self.stage.lock().unwrap();
        if !matches!(*stage, Stage::Waiting) {
            return Err(next);
        }
        *stage = next;
        drop(stage);
        let waker = self.waker.lock().unwrap().take();
        if let Some(waker) = waker {
            waker.wake();
        }
        Ok(())
    }

    fn take(&self) -> Poll<Option<T>> {
        let mut stage = self.stage.lock().unwrap();
        match std::mem::replace(&mut *stage, Stage::Over) {
            Stage::Waiting => {
                *stage = Stage::Waiting;
                Poll::Pending
            }
            Stage::Sent(value) => Poll::Ready(Some(value)),
            Stage::Over => Poll::Ready(None),
        }
    }
}

impl<T> Signal<T> {
    pub fn send(self, value: T) -> Result<(), T> {
        match self.0.end_wait(Stage::Sent(value)) {
            Err(Stage::Sent(value)) => Err(value),
            _ => Ok(()),
        }
    }
}

impl<T> Drop for Signal<T> {
    fn drop(&mut self) {
        let _ = self.0.end_wait(Stage::Over);
    }
}

impl<T> Future for Signalled<T> {
    type Output = Option<T>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<T>> {
        let waker = self.0.waker.lock().unwrap().replace(context.waker().clone());
        drop(waker);
        let polled = self.0.take();
        if polled.is_ready() {
            self.0.waker.lock().unwrap().take();
        }
        polled
    }
}

impl<T> Drop for Signalled<T> {
    fn drop(&mut self) {
        *self.0.stage.lock().unwrap() = Stage::Over;
    }
}
