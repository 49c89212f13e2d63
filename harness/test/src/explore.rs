//! Kind `explore`: the body runs under one schedule of its threads after the other.

use kata_model::{
    Limits,
    explore::{Config, Proof, Report, explore},
};
use kata_protocol::{
    Caps, Verdict,
    frame::{NOT_THE_SAME_EACH_TIME, Outcome},
    trace,
};

use crate::trace::{Machine, failed};

/// Explores the schedules of the body.
pub(crate) fn run(body: fn(), caps: &Caps) -> Outcome {
    match explore(&config(caps), body) {
        Ok(report) => outcome(&report),
        Err(error) => not_run(&error),
    }
}

fn config(caps: &Caps) -> Config {
    let defaults = Config::default();
    Config {
        limits: Limits {
            steps: caps.steps,
            ..defaults.limits
        },
        bounded: [caps.bounded; 3],
        exhaustive: caps.exhaustive,
        samples: caps.samples,
        ..defaults
    }
}

/// The outcome of a test that gave the model something that it cannot run.
pub(crate) fn not_run(error: &kata_model::Error) -> Outcome {
    let (verdict, message) = match error {
        kata_model::Error::TooManyThreads => (Verdict::ProcessLimit, error.to_string()),
        kata_model::Error::Nondeterministic { what } => (
            Verdict::HarnessError,
            format!(
                "{NOT_THE_SAME_EACH_TIME}: {what}. Something in it differs from run to run, such as the order of a \
                 `HashMap`, a random number or an address"
            ),
        ),
        _ => (Verdict::HarnessError, error.to_string()),
    };
    Outcome::fail(verdict, message)
}

/// The outcome of a test that left threads waiting when it was over.
pub(crate) fn left_behind(number: usize) -> Outcome {
    let threads = if number == 1 { "thread" } else { "threads" };
    let message = format!("{number} {threads} still waited when the test was over");
    Outcome::fail(Verdict::Leak, message)
}

fn outcome(report: &Report) -> Outcome {
    match &report.verdict {
        Err(failure) => failed(failure, Machine::Explorer),
        Ok(_) if report.left_behind > 0 => left_behind(report.left_behind),
        Ok(proof) => Outcome {
            proof: Some(proved(proof, report.weak_orderings)),
            steps: Some(report.steps),
            ..Outcome::pass()
        },
    }
}

fn proved(proof: &Proof, weak_orderings: bool) -> trace::Proof {
    match *proof {
        Proof::Exhausted { executions, spurious } => trace::Proof::Exhausted {
            executions,
            spurious,
            weak_orderings,
        },
        Proof::Bounded {
            preemptions,
            executions,
            ..
        } => trace::Proof::Bounded {
            preemptions,
            executions,
            weak_orderings,
        },
        Proof::Sampled { executions } => trace::Proof::Sampled {
            executions,
            weak_orderings,
        },
    }
}
