//! The scenario's own task, and the giver of turns.

use std::{
    cell::Cell,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, Wake, Waker},
    time::Duration,
};

use super::{
    gate::EndsBy,
    turns::{Next, ROOT, Turns, Until},
    waker,
};

thread_local! {
    static CLOCK: Cell<fn() -> Duration> = const { Cell::new(|| Duration::ZERO) };
}

/// The loop's own time.
pub(super) fn now() -> Duration {
    CLOCK.get()()
}

/// A scenario as the future that an event loop is to run: its own task, and the turns of all.
///
/// Its output is `None` where the execution has more steps than it may have.
pub struct Root<F> {
    body: Pin<Box<F>>,
    turns: Option<Turns>,
    own: Waker,
}

/// Wakes the scenario's own task.
struct Own(Turns);

impl Wake for Own {
    fn wake(self: Arc<Self>) {
        self.0.could_go_on(ROOT, None);
    }
}

impl<F: Future> Root<F> {
    /// The root of the execution that this thread is in. `clock` reads the loop's time.
    pub fn new(body: F, clock: fn() -> Duration) -> Root<F> {
        CLOCK.set(clock);
        let turns = Turns::current();
        let own = match &turns {
            Some(turns) => {
                turns.could_go_on(ROOT, None);
                Waker::from(Arc::new(Own(turns.clone())))
            }
            None => Waker::noop().clone(),
        };
        Root {
            body: Box::pin(body),
            turns,
            own,
        }
    }
}

impl<F: Future> Future for Root<F> {
    type Output = Option<F::Output>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<F::Output>> {
        let this = &mut *self;
        let Some(turns) = &this.turns else {
            return this.body.as_mut().poll(cx).map(Some);
        };
        match turns.next(cx.waker()) {
            Next::Wait => return Poll::Pending,
            Next::Stop => return Poll::Ready(None),
            Next::Own => {}
        }
        let waker = waker::of(this.own.clone(), turns.clone(), ROOT);
        let ended = EndsBy(turns);
        let poll = this.body.as_mut().poll(&mut Context::from_waker(&waker));
        std::mem::forget(ended);
        match poll {
            Poll::Ready(value) => {
                turns.ends(Until::Ended, now());
                turns.over();
                Poll::Ready(Some(value))
            }
            Poll::Pending => {
                turns.ends(Until::Waits(Vec::new()), now());
                Poll::Pending
            }
        }
    }
}

impl<F> Drop for Root<F> {
    fn drop(&mut self) {
        if let Some(turns) = &self.turns {
            turns.over();
        }
    }
}
