//! A test of the test: faults that are planted on purpose must show.

use super::compare::compare;
use crate::faults::{Fault, with_planted};

/// Faults, each with how many programs it takes at most until one differs.
const PLANTED: &[(Fault, u64)] = &[
    (Fault::DropWrites, 200),
    (Fault::DropReleases, 200),
    (Fault::LoadsCommute, 200),
    (Fault::IgnoreBlocked, 2_000),
    (Fault::SleepForever, 200),
    (Fault::LocksNeverRace, 200),
    (Fault::FirstWayOnly, 400),
    (Fault::OneRaceOnly, 2_000),
    (Fault::WaysNeverChange, 2_000),
];

#[test]
fn a_planted_fault_is_caught() {
    for (fault, programs) in PLANTED {
        let tally = with_planted(*fault, || compare(1, *programs, true));
        println!("{fault:?}: caught after {} programs", tally.programs);
        assert!(
            !tally.differ.is_empty(),
            "{fault:?} stays hidden in {programs} programs"
        );
    }
}
