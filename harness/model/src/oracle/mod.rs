//! The oracle: on thousands of random programs, three searches that share no code must agree on what can happen.
//!
//! - the explorer's own, reduced one ([`crate::explore::exhaustive`]);
//! - [`full`], which runs every schedule on the same primitives: a fault of the reduction shows;
//! - [`reference`], which knows nothing of the model but the documentation of std: a fault of a primitive shows.
//!
//! And faults that are planted on purpose must show ([`planted`]).

mod actor;
mod compare;
mod counted;
mod full;
mod observe;
mod planted;
mod possible;
mod preempted;
mod program;
mod reference;

use compare::compare;
use program::Kind;

/// How a run ends; what each thread saw, and last what the objects hold.
type Outcome = (&'static str, Vec<Vec<u64>>);

/// A number from the environment: a longer run, or another one, is a matter of asking for it.
fn asked(variable: &str, otherwise: u64) -> u64 {
    std::env::var(variable)
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(otherwise)
}

/// Programs that the ordinary test run compares.
const PROGRAMS: u64 = 2_400;

#[test]
fn three_searches_agree_on_random_programs() {
    let tally = compare(1, PROGRAMS);
    println!("{tally}");
    tally.assert_agreement();
    // Each kind of operation was really done, in a healthy number of programs.
    for kind in Kind::ALL {
        let programs = tally.used.get(kind).copied().unwrap_or(0);
        assert!(
            programs >= PROGRAMS / 120,
            "{kind:?} was used in {programs} programs"
        );
    }
    for (circumstance, programs) in &tally.circumstances {
        assert!(*programs >= PROGRAMS / 120, "{circumstance}: {programs} programs");
    }
}

/// `KATA_ORACLE_PROGRAMS=100000 KATA_ORACLE_SEED=7 cargo test --release -p kata-model oracle -- --ignored --nocapture`
#[test]
#[ignore = "as long as one likes"]
fn three_searches_agree_on_many_random_programs() {
    let tally = compare(
        asked("KATA_ORACLE_SEED", 1_000_000),
        asked("KATA_ORACLE_PROGRAMS", 50_000),
    );
    println!("{tally}");
    tally.assert_agreement();
}
