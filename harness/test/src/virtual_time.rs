//! Kind `virtual-time`: an async body on tokio's paused clock.
//!
//! The clock moves only when every task waits, and then at once to the next timer. So a body takes exactly as
//! long as its timers say, on any machine, in no real time. When nothing but our own far timer is left, nothing
//! can ever wake the body: it is a deadlock, found without waiting for it.

use std::{collections::BTreeSet, future::poll_fn, task::Poll, time::Duration};

use kata_calls::event_loop;
use kata_protocol::{Verdict, frame::Outcome};
use tokio::{
    runtime::{Builder, Runtime},
    time::sleep,
};

use crate::{check::fail_with, plain, threads, timeline};

/// When the virtual clock reaches this, whatever the body waits for will not come: one year. (Timers of tokio
/// reach a little over two years, so that a body cannot wait past this one for long.)
pub(crate) const FOR_EVER: Duration = Duration::from_secs(365 * 24 * 60 * 60);

/// Runs the body that `start` makes.
pub(crate) fn run<F: Future<Output = ()>>(start: impl FnOnce() -> F) -> Outcome {
    // Of an earlier test on this thread, under `cargo test`.
    drop(timeline::take());
    let mut outcome = plain::run(|| {
        let threads_before = threads::alive();
        let runtime = runtime(&mut Builder::new_current_thread());
        event_loop::during(|| runtime.block_on(in_turns(until_done_or_stuck(start(), threads_before))));
    });
    if !outcome.verdict.is_pass() {
        outcome.timeline = timeline::take().map(Box::new);
    }
    outcome
}

/// A runtime with its clock paused, from a builder of one that keeps to this thread.
pub(crate) fn runtime(builder: &mut Builder) -> Runtime {
    builder.enable_time().start_paused(true);
    // A thread that has nothing more to do is none that might wake somebody.
    builder.thread_keep_alive(Duration::ZERO);
    // `select!` starts at a random branch, and a verdict does not depend on luck.
    #[cfg(tokio_unstable)]
    builder.rng_seed(tokio::runtime::RngSeed::from_bytes(b"kata"));
    // The loop has control in between.
    #[cfg(tokio_unstable)]
    builder.on_before_task_poll(|_| event_loop::turn());
    builder.build().unwrap_or_else(|error| {
        fail_with(
            Verdict::HarnessError,
            format!("tokio's runtime does not start: {error}"),
        )
    })
}

/// `root`, which has a turn each time it is polled.
pub(crate) async fn in_turns<T>(root: impl Future<Output = T>) -> T {
    let mut root = std::pin::pin!(root);
    poll_fn(|cx| {
        event_loop::turn();
        root.as_mut().poll(cx)
    })
    .await
}

async fn until_done_or_stuck(body: impl Future<Output = ()>, threads_before: BTreeSet<u64>) {
    let mut body = std::pin::pin!(body);
    loop {
        // A thread of the submission's own may wake a task at any time.
        let (alone, started) = (is_alone(&threads_before), threads::started());
        tokio::select! {
            biased;
            () = &mut body => return,
            () = sleep(FOR_EVER) => {}
        }
        // Every task waited, or this timer would not have been the next one.
        if alone && threads::started() == started {
            fail_with(Verdict::Deadlock, STUCK.to_owned());
        }
        // Threads do not live on this clock, which stands still until then: real time in it would make every message another one.
        let done = poll_fn(|cx| {
            threads::wake_when_one_ends(cx.waker().clone());
            match body.as_mut().poll(cx) {
                Poll::Ready(()) => Poll::Ready(true),
                Poll::Pending if is_alone(&threads_before) => Poll::Ready(false),
                Poll::Pending => Poll::Pending,
            }
        });
        if done.await {
            return;
        }
    }
}

/// Whether no thread is left that was not there before.
fn is_alone(threads_before: &BTreeSet<u64>) -> bool {
    threads::alive().is_subset(threads_before)
}

/// What is said of a body that nothing can wake.
const STUCK: &str = "waits for ever: no timer is pending, and no other task is left that could wake it";

/// The outcome of a body that nothing can wake.
pub(crate) fn stuck() -> Outcome {
    Outcome::fail(Verdict::Deadlock, STUCK)
}

#[cfg(test)]
mod tests {
    use tokio::{
        sync::oneshot,
        time::{Instant, sleep},
    };

    use super::*;
    use crate::{check_eq, secs};

    #[test]
    fn time_is_exact() {
        let outcome = run(|| async {
            let start = Instant::now();
            tokio::join!(sleep(secs(1)), sleep(secs(3)), sleep(secs(2)));
            check_eq!(start.elapsed(), secs(3));
        });
        assert_eq!(outcome, Outcome::pass());
    }

    #[test]
    fn a_thread_of_its_own_may_wake_the_body() {
        let outcome = run(|| async {
            let (done, waits) = oneshot::channel();
            // The gate opens only after the clock has jumped: the body is then waited for in real time.
            let thread = std::thread::spawn(move || done.send(7));
            assert_eq!(waits.await, Ok(7));
            thread.join().unwrap().unwrap();
        });
        assert_eq!(outcome, Outcome::pass());
    }

    #[test]
    fn threads_may_wake_tasks_one_after_the_other() {
        let outcome = run(|| async {
            for number in 0..20 {
                let (done, waits) = oneshot::channel();
                let task = tokio::spawn(waits);
                std::thread::spawn(move || done.send(number));
                assert_eq!(task.await.unwrap(), Ok(number));
            }
        });
        assert_eq!(outcome, Outcome::pass());
    }

    #[test]
    fn a_body_that_its_thread_did_not_wake_is_stuck() {
        let outcome = run(|| async {
            let (done, waits) = oneshot::channel::<u8>();
            tokio::task::spawn_blocking(|| ()).await.unwrap();
            let thread = std::thread::spawn(|| ());
            let _ = waits.await;
            drop((done, thread));
        });
        assert_eq!(outcome.verdict, Verdict::Deadlock);
    }

    #[test]
    fn what_a_thread_does_in_real_time_is_no_part_of_the_virtual_time() {
        let outcome = run(|| async {
            let start = Instant::now();
            let (done, waits) = oneshot::channel();
            let (leave, stay) = std::sync::mpsc::channel();
            let (end, until) = std::sync::mpsc::channel::<()>();
            let thread = std::thread::spawn(move || {
                stay.recv().unwrap();
                let sent = done.send(7);
                // It is there for as long as the body waits.
                until.recv().unwrap_err();
                sent
            });
            // The clock's jump opens the gate.
            tokio::spawn(async move {
                sleep(FOR_EVER).await;
                leave.send(()).unwrap();
            });
            assert_eq!(waits.await, Ok(7));
            check_eq!(start.elapsed(), FOR_EVER);
            drop(end);
            thread.join().unwrap().unwrap();
        });
        assert_eq!(outcome, Outcome::pass());
    }
}
