//! Kind `ideal`: the body runs once, on a machine with as many processors as it can use.

use kata_model::{End, Error, Ideal, Limits, ideal};
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
    the_same_twice(|| match ideal(limits, body) {
        Ok(ideal) => outcome(ideal),
        Err(error) => not_run(&error),
    })
}

/// The outcome, if it is the same when the scenario runs again. There is one schedule, and nothing else would show
/// that the outcome depends on more than that.
fn the_same_twice(run: impl Fn() -> Outcome) -> Outcome {
    let first = run();
    if first == run() {
        return first;
    }
    not_run(&Error::Nondeterministic {
        what: "it takes another course on the same machine".to_owned(),
    })
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

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use kata_protocol::Verdict;

    use super::*;

    #[test]
    fn what_differs_from_run_to_run_is_no_verdict() {
        assert_eq!(the_same_twice(Outcome::pass), Outcome::pass());
        let runs = Cell::new(0);
        let outcome = the_same_twice(|| {
            runs.set(runs.get() + 1);
            Outcome::fail(Verdict::TooSlow, format!("parallelism {}", runs.get()))
        });
        assert_eq!(outcome.verdict, Verdict::HarnessError);
        assert!(
            outcome
                .message
                .is_some_and(|message| message.contains("each time"))
        );
    }
}
