//! Tests to run while you work: `cargo test -p generator`. `kata check` runs more.

use generator::{Run, Runs, State};

#[test]
fn runs_come_one_at_a_time() {
    let mut runs = Runs::new([7, 7, 7, 1].into_iter());
    assert_eq!(runs.resume(), State::Yielded(Run { item: 7, length: 3 }));
    assert_eq!(runs.resume(), State::Yielded(Run { item: 1, length: 1 }));
    assert_eq!(runs.resume(), State::Complete(4));
}

#[test]
fn an_empty_input_is_complete_at_once() {
    let mut runs = Runs::new("".chars());
    assert_eq!(runs.resume(), State::Complete(0));
}
