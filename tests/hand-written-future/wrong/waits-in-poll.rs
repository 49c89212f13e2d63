//! Waits in poll until the value is there, and with it everything else on the thread of the executor.

use std::pin::Pin;
use std::sync::{Arc, Condvar, Mutex};
use std::task::{Context, Poll};

enum Stage<T> {
    Waiting,
    Sent(T),
    Over,
}

type Shared<T> = Arc<(Mutex<Stage<T>>, Condvar)>;

pub struct Signal<T>(Shared<T>);

pub struct Signalled<T>(Shared<T>);

pub fn signal<T>() -> (Signal<T>, Signalled<T>) {
    let shared = Arc::new((Mutex::new(Stage::Waiting), Condvar::new()));
    (Signal(Arc::clone(&shared)), Signalled(shared))
}

impl<T> Signal<T> {
    pub fn send(self, value: T) -> Result<(), T> {
        let mut stage = self.0.0.lock().unwrap();
        if matches!(*stage, Stage::Over) {
            return Err(value);
        }
        *stage = Stage::Sent(value);
        self.0.1.notify_one();
        drop(stage);
        Ok(())
    }
}

impl<T> Drop for Signal<T> {
    fn drop(&mut self) {
        let mut stage = self.0.0.lock().unwrap();
        if matches!(*stage, Stage::Waiting) {
            *stage = Stage::Over;
            self.0.1.notify_one();
        }
    }
}

impl<T> Future for Signalled<T> {
    type Output = Option<T>;

    fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<T>> {
        let (stage, ended) = &*self.0;
        let stage = stage.lock().unwrap();
        let mut stage = ended
            .wait_while(stage, |stage| matches!(stage, Stage::Waiting))
            .unwrap();
        match std::mem::replace(&mut *stage, Stage::Over) {
            Stage::Sent(value) => Poll::Ready(Some(value)),
            _ => Poll::Ready(None),
        }
    }
}

impl<T> Drop for Signalled<T> {
    fn drop(&mut self) {
        *self.0.0.lock().unwrap() = Stage::Over;
    }
}
