//! A waker of the test's own, for futures and loops that are polled by hand.

use std::{
    sync::Arc,
    task::{Wake, Waker},
};

struct Calls<F>(F);

impl<F: Fn() + Send + Sync> Wake for Calls<F> {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        (self.0)();
    }
}

/// A waker that calls `woken` each time it is woken, on the thread that wakes it.
///
/// A hidden test has no waker of its own otherwise where references are counted (see `Arc` in a test of kind
/// `explore`): `std::task::Wake` takes std's `Arc` only. What the closure counts belongs into an atomic of the
/// test, so that every schedule of it is explored.
///
/// ```
/// use std::{
///     sync::{
///         Arc,
///         atomic::{AtomicU32, Ordering},
///     },
///     task::{Context, Poll},
/// };
///
/// use kata_test::prelude::*;
///
/// let woken = Arc::new(AtomicU32::new(0));
/// let count = Arc::clone(&woken);
/// let waker = waker(move || {
///     count.fetch_add(1, Ordering::SeqCst);
/// });
///
/// let mut ready = std::pin::pin!(std::future::ready(7));
/// check_eq!(ready.as_mut().poll(&mut Context::from_waker(&waker)), Poll::Ready(7));
/// check_eq!(woken.load(Ordering::SeqCst), 0, "how often a future that is ready woke somebody");
/// ```
pub fn waker(woken: impl Fn() + Send + Sync + 'static) -> Waker {
    Waker::from(Arc::new(Calls(woken)))
}
