//! A task that waits for its turn.

use std::{
    panic::Location,
    pin::Pin,
    task::{Context, Poll},
};

use super::{
    root,
    turns::{Turns, Until},
    waker,
};
use crate::engine::Source;

/// A future that is polled when its turn has come. Made by [`gated`].
pub struct Gated<F> {
    future: Option<Pin<Box<F>>>,
    /// Its execution and its number there; `None` outside of explorations.
    of: Option<(Turns, u32)>,
    /// Whether it is being polled; where that has ended, it ended by a panic.
    polled: bool,
}

/// Wraps a task that is about to be spawned at `at`. Outside of explorations it changes nothing.
pub fn gated<F: Future>(future: F, at: &'static Location<'static>) -> Gated<F> {
    let of = Turns::current().map(|turns| {
        let number = turns.spawned(Source::from(at));
        (turns, number)
    });
    Gated {
        future: Some(Box::pin(future)),
        of,
        polled: false,
    }
}

/// Whether this thread runs a scenario in one order of its tasks after the other.
pub fn exploring() -> bool {
    Turns::current().is_some()
}

impl<F: Future> Future for Gated<F> {
    type Output = F::Output;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        let this = &mut *self;
        let future = this
            .future
            .as_mut()
            .expect("a future is not polled after its end");
        let Some((turns, task)) = this.of.clone() else {
            return future.as_mut().poll(cx);
        };
        if !turns.begins(task) {
            turns.could_go_on(task, Some(cx.waker().clone()));
            return Poll::Pending;
        }
        let waker = waker::of(cx.waker().clone(), turns.clone(), task);
        let ended = EndsBy(&turns);
        this.polled = true;
        let poll = future.as_mut().poll(&mut Context::from_waker(&waker));
        this.polled = false;
        std::mem::forget(ended);
        match poll {
            Poll::Ready(value) => {
                // What it owns ends in its own turn.
                this.future = None;
                turns.ends(Until::Ended, root::now());
                Poll::Ready(value)
            }
            Poll::Pending => {
                turns.ends(Until::Waits(Vec::new()), root::now());
                Poll::Pending
            }
        }
    }
}

/// Ends a turn by a panic.
pub(super) struct EndsBy<'a>(pub(super) &'a Turns);

impl Drop for EndsBy<'_> {
    fn drop(&mut self) {
        self.0.ends(Until::Panicked, root::now());
    }
}

impl<F> Drop for Gated<F> {
    fn drop(&mut self) {
        let ended = self.future.is_none() || self.polled;
        drop(self.future.take());
        if let Some((turns, task)) = &self.of {
            turns.dropped(*task, ended);
        }
    }
}
