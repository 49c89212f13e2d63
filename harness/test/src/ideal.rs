//! Kind `ideal`: the body runs once, on a machine with as many processors as it can use.

use kata_model::{End, Ideal, Limits, ideal};
use kata_protocol::{Caps, frame::Outcome};

use crate::{
    explore::{left_behind, not_run},
    measured,
    trace::{Machine, failed},
};

/// Runs the body on the ideal machine.
pub(crate) fn run(body: fn(), caps: &Caps) -> Outcome {
    let limits = Limits {
        steps: caps.steps,
        ..Limits::default()
    };
    match ideal(limits, body) {
        Ok(ideal) => outcome(ideal),
        Err(error) => not_run(&error),
    }
}

fn outcome(ideal: Ideal) -> Outcome {
    let measured = measured::taken(&ideal.ending.trace).map(Box::new);
    let waiting = ideal.ending.blocked.len();
    let outcome = match ideal.ending.end {
        End::Finished if waiting > 0 => left_behind(waiting),
        _ => match ideal.into_failure() {
            None => Outcome::pass(),
            Some(failure) => failed(&failure, Machine::Ideal),
        },
    };
    Outcome { measured, ..outcome }
}
