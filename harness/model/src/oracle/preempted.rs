//! The search under a bound of preemptions finds exactly what needs no more of them, and an exploration that fails shows the
//! failure with the fewest.

use std::collections::BTreeMap;

use super::{
    asked,
    compare::{Found, limits, scenario, search},
    full::Full,
    program::{Kind, Program},
};
use crate::explore::{Config, FailureKind, Proof, bounded::Bounded, explore};

/// Executions of the full searches that are compared with.
const FULL: u64 = 750;

/// Some programs, and all that can come of each.
fn programs() -> impl Iterator<Item = (Program, Found)> {
    let wanted = asked("KATA_ORACLE_PREEMPTED", 400);
    let each = (1..).map(|seed| {
        // Every other one is about the order of loads and stores alone: that is what takes preemptions.
        let mut program = match seed % 2 {
            0 => Program::random(seed),
            _ => Program::of(&[Kind::Load, Kind::Store, Kind::Swap], seed),
        };
        // Awakenings without a reason are explored apart.
        program.spurious = 0;
        let full = search(&mut Full::default(), &program, FULL);
        (program, full)
    });
    each.filter(|(_, full)| full.complete).take(wanted as usize)
}

#[test]
fn a_bounded_search_finds_what_needs_so_few_preemptions() {
    for (program, full) in programs() {
        for bound in [0, 1, 2, u32::MAX] {
            let bounded = search(&mut Bounded::new(bound), &program, FULL + 1);
            let within: Vec<_> = full
                .outcomes
                .iter()
                .filter(|(_, fewest)| **fewest <= bound)
                .collect();
            assert!(bounded.complete, "{program:?}");
            assert_eq!(
                bounded.outcomes.iter().collect::<Vec<_>>(),
                within,
                "bound {bound}: {program:?}"
            );
        }
    }
}

#[test]
fn an_exploration_fails_with_the_fewest_preemptions_or_proves() {
    let (mut failed, mut proved) = ([0_u32; 4], 0);
    for (program, full) in programs() {
        // What root sees that is hardest to bring about is called a failure, besides panics and deadlocks.
        let mut wanted: BTreeMap<&[u64], u32> = BTreeMap::new();
        for ((_, logs), fewest) in &full.outcomes {
            let least = wanted.entry(&logs[0]).or_insert(*fewest);
            *least = *fewest.min(least);
        }
        let hardest = wanted.iter().max_by_key(|(_, fewest)| **fewest);
        let hardest = hardest
            .filter(|(_, fewest)| **fewest > 0)
            .map(|(log, _)| log.to_vec());
        let failing = full.outcomes.iter().filter(|((end, logs), _)| {
            *end != "finished" || hardest.as_ref().is_some_and(|log| *log == logs[0])
        });
        let fewest = failing.clone().map(|(_, fewest)| *fewest).min();
        let config = Config {
            limits: limits(&program),
            ..Config::default()
        };
        let (scenario, seen) = scenario(&program);
        let log = hardest.clone();
        let report = explore(&config, move || {
            scenario();
            assert!(!log.as_ref().is_some_and(|log| seen.saw(0, log)), "the hardest");
        });
        match (report.unwrap().verdict, fewest) {
            (Ok(Proof::Exhausted { .. }), None) => proved += 1,
            (Err(failure), Some(fewest)) => {
                let deadlocks = failing.clone().any(|((end, _), _)| *end == "deadlock");
                assert!(deadlocks || failure.kind == FailureKind::Panic, "{program:?}");
                // Beyond the third bound, what is found first is shown.
                let shown = failure.preemptions;
                let right = shown == fewest || (fewest > 2 && shown > fewest);
                assert!(
                    right,
                    "{shown} preemptions where {fewest} are enough: {program:?}"
                );
                let passes = failing.clone().count() < full.outcomes.len();
                assert!(!failure.always || !passes, "it passes sometimes: {program:?}");
                failed[fewest.min(3) as usize] += 1;
            }
            (verdict, fewest) => panic!("{verdict:?}, and {fewest:?}: {program:?}"),
        }
    }
    println!("{proved} proved; failures by the fewest preemptions: {failed:?}");
    assert!(
        proved > 20 && failed[..3].iter().all(|number| *number > 5),
        "{proved} {failed:?}"
    );
}
