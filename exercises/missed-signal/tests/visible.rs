//! Tests to run while you work: `cargo test -p missed-signal`. `kata check` runs more.

use std::thread;
use std::time::Duration;

use missed_signal::Gate;

#[test]
fn a_new_gate_is_closed() {
    let gate = Gate::new();
    assert!(!gate.is_open());
    assert!(!gate.wait_timeout(Duration::from_millis(1)));
}

#[test]
fn an_open_gate_is_not_waited_at() {
    let gate = Gate::new();
    gate.open();
    assert!(gate.is_open());
    assert!(gate.wait_timeout(Duration::from_secs(2)), "it has been opened");
    gate.wait();
}

/// Whoever misses the signal here has no loop, or no state to look at; whoever does not may miss one still.
#[test]
fn all_who_wait_are_let_through() {
    let gate = Gate::new();
    let through = thread::scope(|scope| {
        let travellers = [(); 3].map(|()| scope.spawn(|| gate.wait_timeout(Duration::from_secs(2))));
        gate.open();
        travellers.map(|traveller| traveller.join().unwrap())
    });
    assert_eq!(through, [true; 3]);
}
