//! The oracle: on thousands of random programs, the explorer must find the very outcomes that a search of every
//! schedule finds, no more and no fewer. And faults that are planted on purpose must show.

mod counted;
mod full;
mod primitives;
mod program;

use std::{cell::RefCell, collections::BTreeSet, rc::Rc};

use crate::{
    Limits,
    engine::{End, run},
    explore::{Search, bounded::Bounded, exhaustive::Exhaustive},
    faults::{Fault, with_planted},
};
use full::Full;
use program::{Logs, Program};

/// How a run ends, and what each thread saw.
type Outcome = (&'static str, Vec<Vec<u64>>);

struct Found {
    outcomes: BTreeSet<Outcome>,
    executions: u64,
    complete: bool,
}

/// All outcomes that a search finds, within `cap` executions.
fn outcomes(search: &mut dyn Search, program: &Program, cap: u64) -> Found {
    let logs: Logs = Rc::new(RefCell::new(Vec::new()));
    let limits = Limits {
        spurious: program.spurious,
        ..Limits::default()
    };
    let scenario: Rc<dyn Fn()> = {
        let (program, logs) = (program.clone(), Rc::clone(&logs));
        Rc::new(move || program::run(&program, &logs))
    };
    let mut found = Found {
        outcomes: BTreeSet::new(),
        executions: 0,
        complete: false,
    };
    loop {
        if !search.begin() {
            found.complete = true;
            return found;
        }
        if found.executions == cap {
            return found;
        }
        found.executions += 1;
        *logs.borrow_mut() = vec![Vec::new(); program.threads.len()];
        let ending = run(&scenario, &mut crate::explore::Forward(search), limits, false);
        search.ended(&ending);
        assert!(!search.diverged(), "{program:?} does not repeat itself");
        let end = match ending.end {
            End::Abandoned => continue,
            End::Finished => "finished",
            End::Panicked => "panicked",
            End::Deadlock => "deadlock",
            other => panic!("{program:?}: {other:?}"),
        };
        found.outcomes.insert((end, logs.borrow().clone()));
    }
}

/// The size of full searches that are worth it.
const FULL: u64 = 12_000;

/// What a comparison over many seeds gave.
#[derive(Debug, Default)]
struct Tally {
    compared: u64,
    skipped: u32,
    deadlocks: u32,
    full: u64,
    reduced: u64,
    cut: u32,
    differ: Vec<String>,
}

/// Compares on `wanted` programs, from `seed` on; stops at the first difference if `once`.
fn compare(seed: u64, wanted: u64, once: bool) -> Tally {
    let mut tally = Tally::default();
    for seed in seed.. {
        if tally.compared == wanted || (once && !tally.differ.is_empty()) {
            break;
        }
        let program = Program::random(seed);
        let full = outcomes(&mut Full::default(), &program, FULL);
        if !full.complete {
            tally.skipped += 1;
            continue;
        }
        let mut search = Exhaustive::new();
        let reduced = outcomes(&mut search, &program, FULL * 2);
        tally.compared += 1;
        tally.full += full.executions;
        tally.reduced += reduced.executions;
        tally.cut += u32::from(search.cut());
        tally.deadlocks += u32::from(full.outcomes.iter().any(|(end, _)| *end == "deadlock"));
        if full.outcomes != reduced.outcomes || !reduced.complete || search.cut() {
            let missing: Vec<_> = full.outcomes.difference(&reduced.outcomes).take(2).collect();
            let extra: Vec<_> = reduced.outcomes.difference(&full.outcomes).take(2).collect();
            tally.differ.push(format!(
                "seed {seed}: {program:?}\n  full {} in {}, reduced {} in {} (complete {}, cut {})\n  missing {missing:?}\n  extra {extra:?}",
                full.outcomes.len(), full.executions, reduced.outcomes.len(), reduced.executions, reduced.complete, search.cut(),
            ));
        }
    }
    tally
}

/// A number from the environment: a longer run, or another one, is a matter of asking for it.
fn asked(variable: &str, otherwise: u64) -> u64 {
    std::env::var(variable)
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(otherwise)
}

#[test]
fn the_reduced_search_finds_what_the_full_search_finds() {
    let programs = asked("KATA_ORACLE_PROGRAMS", 2_000);
    let tally = compare(asked("KATA_ORACLE_SEED", 1), programs, false);
    println!(
        "{} programs ({} with deadlocks, {} too large to compare): full {} executions, reduced {}",
        tally.compared, tally.deadlocks, tally.skipped, tally.full, tally.reduced
    );
    assert!(
        tally.differ.is_empty(),
        "{} of {} programs differ:\n{}",
        tally.differ.len(),
        tally.compared,
        tally
            .differ
            .iter()
            .take(8)
            .cloned()
            .collect::<Vec<_>>()
            .join("\n")
    );
}

/// Faults that are planted on purpose, each with how many programs it takes at most until one differs.
const PLANTED: [(Fault, u64); 9] = [
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
fn a_search_without_a_bound_on_preemptions_finds_everything() {
    for seed in 1..=150 {
        let program = Program::random(seed);
        let full = outcomes(&mut Full::default(), &program, FULL / 6);
        if full.complete {
            let bounded = outcomes(&mut Bounded::new(u32::MAX), &program, FULL);
            assert!(
                bounded.complete && bounded.outcomes == full.outcomes,
                "seed {seed}: {program:?}"
            );
            let few = outcomes(&mut Bounded::new(1), &program, FULL);
            assert!(few.outcomes.is_subset(&full.outcomes), "seed {seed}: {program:?}");
        }
    }
}

/// Programs that once showed a fault of the reduction, by their seeds.
const REMEMBERED: [u64; 2] = [2_525, 8_990];

#[test]
fn programs_that_once_differed_agree() {
    for seed in REMEMBERED {
        let tally = compare(seed, 1, false);
        assert!(tally.differ.is_empty(), "{}", tally.differ.join("\n"));
    }
}

#[test]
fn a_fault_of_the_reduction_is_caught() {
    for (fault, programs) in PLANTED {
        let tally = with_planted(fault, || compare(1, programs, true));
        println!("{fault:?}: caught after {} programs", tally.compared);
        assert!(
            !tally.differ.is_empty(),
            "{fault:?} stays hidden in {programs} programs"
        );
    }
}
