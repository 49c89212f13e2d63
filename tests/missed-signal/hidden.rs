//! What a `Gate` must do, under every schedule of those who wait at it, with awakenings for no reason among them.
//! Time is virtual there, so an hour passes at once.

use std::panic;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};
use std::time::Instant;

use kata_test::prelude::*;
use missed_signal::Gate;

const HOUR: Duration = secs(3600);

/// Does `work` at the gate on a thread of its own, which has a name.
fn at_once<T: Send + 'static>(
    name: &str,
    gate: &Arc<Gate>,
    work: impl FnOnce(&Gate) -> T + Send + 'static,
) -> JoinHandle<T> {
    let gate = Arc::clone(gate);
    let thread = thread::Builder::new().name(name.to_owned());
    thread
        .spawn(move || work(&gate))
        .expect("there is room for a few threads")
}

fn ended<T>(thread: JoinHandle<T>) -> T {
    thread
        .join()
        .unwrap_or_else(|panicked| panic::resume_unwind(panicked))
}

/// What `wait_timeout` returned, and after how long.
fn waited(gate: &Gate, limit: Duration) -> (bool, Duration) {
    let start = Instant::now();
    let open = gate.wait_timeout(limit);
    (open, start.elapsed())
}

#[kata_test::test]
fn an_open_gate_stays_open() {
    let gate = Gate::new();
    check!(!gate.is_open(), "a new gate is open");
    gate.open();
    check!(gate.is_open(), "a gate that was opened is not open");
    gate.wait();
    gate.wait();
    let (open, time) = waited(&gate, HOUR);
    check!(open, "wait_timeout(1 h) returned false at an open gate");
    check!(time < HOUR, "wait_timeout(1 h) at an open gate took {time:?}");
    gate.open();
    check!(gate.is_open(), "a gate that was opened twice is not open");
}

#[kata_test::test]
fn no_signal_is_missed() {
    let gate = Arc::new(Gate::new());
    let traveller = at_once("the traveller", &gate, Gate::wait);
    gate.open();
    check!(
        gate.is_open(),
        "one waits, the gate was opened, and it is not open"
    );
    ended(traveller);
}

#[kata_test::test]
fn nobody_gets_through_before() {
    let gate = Arc::new(Gate::new());
    let arrived = Arc::new(AtomicBool::new(false));
    let train = Arc::clone(&arrived);
    let keeper = at_once("the keeper", &gate, move |gate| {
        train.store(true, Ordering::SeqCst);
        gate.open();
    });
    gate.wait();
    check!(
        arrived.load(Ordering::SeqCst),
        "wait returned before open was called"
    );
    check!(gate.is_open(), "wait returned, and the gate is closed");
    ended(keeper);
}

#[kata_test::test]
fn one_signal_is_for_all() {
    let gate = Arc::new(Gate::new());
    let travellers = ["traveller 1", "traveller 2"].map(|name| at_once(name, &gate, Gate::wait));
    gate.open();
    travellers.into_iter().for_each(ended);
    check!(
        gate.is_open(),
        "two waited, the gate was opened, and it is closed"
    );
}

#[kata_test::test]
fn a_limit_is_kept() {
    let gate = Gate::new();
    let (open, time) = waited(&gate, millis(2));
    check!(
        !open,
        "wait_timeout(2 ms) returned true, and nobody has opened the gate"
    );
    check!(
        time >= millis(2),
        "wait_timeout(2 ms) at a closed gate took {time:?}"
    );
}

#[kata_test::test]
fn a_limit_ends_when_the_gate_opens() {
    let gate = Arc::new(Gate::new());
    let keeper = at_once("the keeper", &gate, Gate::open);
    match waited(&gate, HOUR) {
        (true, _) => check!(
            gate.is_open(),
            "wait_timeout(1 h) returned true, and the gate is closed"
        ),
        (false, time) => check!(time >= HOUR, "wait_timeout(1 h) returned false after {time:?}"),
    }
    ended(keeper);
    check!(
        gate.wait_timeout(secs(0)),
        "wait_timeout(0 s) returned false at an open gate"
    );
}
