//! Tests to run while you work: `cargo test -p hand-written-future`. `kata check` runs more.

use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::task::{Context, Poll, Wake, Waker};

use hand_written_future::signal;

/// A waker that counts.
#[derive(Default)]
struct Counter(AtomicU32);

impl Wake for Counter {
    fn wake(self: Arc<Self>) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }
}

#[test]
fn it_is_woken_when_the_value_comes() {
    let woken = Arc::new(Counter::default());
    let waker = Waker::from(Arc::clone(&woken));
    let mut context = Context::from_waker(&waker);

    let (signal, signalled) = signal();
    let mut signalled = pin!(signalled);
    assert_eq!(signalled.as_mut().poll(&mut context), Poll::Pending);
    assert_eq!(woken.0.load(Ordering::Relaxed), 0);
    assert_eq!(signal.send(7), Ok(()));
    assert_eq!(woken.0.load(Ordering::Relaxed), 1);
    assert_eq!(signalled.as_mut().poll(&mut context), Poll::Ready(Some(7)));
}
