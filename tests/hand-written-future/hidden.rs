//! What a signal must do, with wakers that count, under every schedule of those who send and wait.

use std::pin::Pin;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};
use std::thread;

use hand_written_future::{Signal, Signalled, signal};
use kata_test::prelude::*;

/// A waker, and how often it was woken.
fn counting() -> (Waker, impl Fn() -> u32) {
    let woken = Arc::new(AtomicU32::new(0));
    let count = Arc::clone(&woken);
    let waker = waker(move || {
        count.fetch_add(1, Ordering::SeqCst);
    });
    (waker, move || woken.load(Ordering::SeqCst))
}

/// Both ends, and the future pinned.
fn ends() -> (Signal<u32>, Pin<Box<Signalled<u32>>>) {
    let (signal, signalled) = signal();
    (signal, Box::pin(signalled))
}

fn poll(signalled: &mut Pin<Box<Signalled<u32>>>, waker: &Waker) -> Poll<Option<u32>> {
    signalled.as_mut().poll(&mut Context::from_waker(waker))
}

/// Sleeps until the future is ready, as an executor does: it polls when it was woken, and not before.
fn block_on(mut signalled: Pin<Box<Signalled<u32>>>) -> Option<u32> {
    let here = thread::current();
    let waker = waker(move || here.unpark());
    loop {
        if let Poll::Ready(value) = poll(&mut signalled, &waker) {
            return value;
        }
        thread::park();
    }
}

#[kata_test::test]
fn a_value_that_is_there_is_ready_at_once() {
    let (signal, mut signalled) = ends();
    check_eq!(signal.send(7), Ok(()), "a send before the first poll");
    let (waker, woken) = counting();
    check_eq!(
        poll(&mut signalled, &waker),
        Poll::Ready(Some(7)),
        "the first poll, after 7 was sent"
    );
    check_eq!(
        woken(),
        0,
        "how often the waker was woken, where the first poll is ready"
    );
}

#[kata_test::test]
fn it_is_woken_when_the_value_comes() {
    let (signal, mut signalled) = ends();
    let (waker, woken) = counting();
    check_eq!(
        poll(&mut signalled, &waker),
        Poll::Pending,
        "a poll before there is a value"
    );
    check_eq!(signal.send(7), Ok(()), "a send after the first poll");
    check!(
        woken() > 0,
        "a future was pending, 7 was sent, and nobody woke the waker that it had been polled with"
    );
    check_eq!(
        poll(&mut signalled, &waker),
        Poll::Ready(Some(7)),
        "the poll after it was woken"
    );
}

#[kata_test::test]
fn it_wakes_nobody_for_nothing() {
    let (signal, mut signalled) = ends();
    let (waker, woken) = counting();
    for tried in ["one poll", "two polls"] {
        check_eq!(
            poll(&mut signalled, &waker),
            Poll::Pending,
            "a poll before there is a value"
        );
        check_eq!(
            woken(),
            0,
            "how often the waker was woken in {tried} before there is a value"
        );
    }
    check_eq!(signal.send(7), Ok(()), "a send after two polls");
    check_eq!(
        poll(&mut signalled, &waker),
        Poll::Ready(Some(7)),
        "the poll after 7 was sent"
    );
    check_eq!(woken(), 1, "how often the waker was woken in all, for one value");
}

#[kata_test::test]
fn the_last_waker_is_woken() {
    let (signal, mut signalled) = ends();
    let (first, first_woken) = counting();
    let (last, last_woken) = counting();
    for waker in [&first, &last] {
        check_eq!(
            poll(&mut signalled, waker),
            Poll::Pending,
            "a poll before there is a value"
        );
    }
    check_eq!(
        signal.send(7),
        Ok(()),
        "a send after polls with two different wakers"
    );
    check_eq!(
        (first_woken(), last_woken()),
        (0, 1),
        "how often the waker of the first poll was woken, and that of the last"
    );
}

#[kata_test::test]
fn a_signal_that_is_dropped_is_an_end() {
    let (signal, mut signalled) = ends();
    drop(signal);
    check_eq!(
        poll(&mut signalled, Waker::noop()),
        Poll::Ready(None),
        "a poll after the signal was dropped"
    );

    let (signal, mut signalled) = ends();
    let (waker, woken) = counting();
    check_eq!(
        poll(&mut signalled, &waker),
        Poll::Pending,
        "a poll before there is a value"
    );
    drop(signal);
    check_eq!(
        woken(),
        1,
        "how often the waker was woken, where the signal is dropped after a poll"
    );
    check_eq!(
        poll(&mut signalled, &waker),
        Poll::Ready(None),
        "the poll after that"
    );
}

#[kata_test::test]
fn it_can_be_dropped_half_way() {
    let (signal, signalled) = ends();
    drop(signalled);
    check_eq!(
        signal.send(7),
        Err(7),
        "a send to a future that was dropped before it was polled"
    );

    let (signal, mut signalled) = ends();
    let (waker, woken) = counting();
    check_eq!(
        poll(&mut signalled, &waker),
        Poll::Pending,
        "a poll before there is a value"
    );
    drop(signalled);
    check_eq!(
        signal.send(7),
        Err(7),
        "a send to a future that was dropped after a poll"
    );
    check_eq!(
        woken(),
        0,
        "how often the waker of a future was woken that is no longer there"
    );
}

#[kata_test::test]
fn no_wake_up_is_lost() {
    let (signal, signalled) = ends();
    let sender = thread::spawn(move || signal.send(7));
    check_eq!(
        block_on(signalled),
        Some(7),
        "what was waited for, while another thread sends 7"
    );
    let sent = sender.join().expect("to send does not panic");
    check_eq!(
        sent,
        Ok(()),
        "what send returned, while another thread waits for it"
    );

    let (signal, signalled) = ends();
    let dropper = thread::spawn(move || drop(signal));
    check_eq!(
        block_on(signalled),
        None,
        "what was waited for, while another thread drops the signal"
    );
    dropper.join().expect("to drop does not panic");
}

#[kata_test::test]
fn a_waker_may_poll_right_there() {
    let (signal, signalled) = ends();
    let future = Arc::new(Mutex::new(signalled));
    let seen = Arc::new(Mutex::new(Poll::Pending));
    let waker = {
        let (future, seen) = (Arc::clone(&future), Arc::clone(&seen));
        waker(move || {
            let polled = poll(&mut future.lock().expect("nobody panics under it"), Waker::noop());
            *seen.lock().expect("nobody panics under it") = polled;
        })
    };
    let first = poll(&mut future.lock().expect("nobody panics under it"), &waker);
    check_eq!(first, Poll::Pending, "a poll before there is a value");
    check_eq!(
        signal.send(7),
        Ok(()),
        "a send that wakes a waker which polls at once"
    );
    check_eq!(
        *seen.lock().expect("nobody panics under it"),
        Poll::Ready(Some(7)),
        "what a waker saw that polls the future when it is woken"
    );
}
