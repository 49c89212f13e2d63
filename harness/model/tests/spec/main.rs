//! What each primitive promises: a module per primitive, its right and its wrong uses side by side, with the corners that the
//! documentation of std has. A right use is *proved*; a wrong one fails, in the way that is said.

#![allow(clippy::unwrap_used, reason = "scenarios panic where they fail")]

mod atomic;
mod barrier;
mod channel;
mod condvar;
mod exploration;
mod figures;
mod hidden;
mod katas;
mod local;
mod mutex;
mod once;
mod park;
mod programs;
mod rwlock;
mod spin;
mod statics;
mod thread;
mod time;

use kata_model::{
    explore::{Config, Failure, FailureKind, Proof, Report, explore},
    time::Duration,
};

/// Long enough; only the virtual clock waits.
const LIMIT: Duration = Duration::from_millis(5);

fn report(scenario: impl Fn() + 'static) -> Report {
    explore(&Config::default(), scenario).unwrap()
}

/// The scenario passes; says how sure that is.
#[track_caller]
fn passes(scenario: impl Fn() + 'static) -> Proof {
    match report(scenario).verdict {
        Ok(proof) => proof,
        Err(failure) => panic!("it fails: {failure:#?}"),
    }
}

/// The scenario passes under every schedule.
#[track_caller]
fn holds(scenario: impl Fn() + 'static) {
    let proof = passes(scenario);
    assert!(
        matches!(proof, Proof::Exhausted { spurious: true, .. }),
        "{proof:?}"
    );
}

/// The scenario fails under some schedule.
#[track_caller]
fn failure(scenario: impl Fn() + 'static) -> Failure {
    *report(scenario)
        .verdict
        .expect_err("it must fail under some schedule")
}

/// It does so in this way.
#[track_caller]
fn fails(kind: FailureKind, scenario: impl Fn() + 'static) -> Failure {
    let failure = failure(scenario);
    assert_eq!(failure.kind, kind, "{}", failure.message);
    failure
}
