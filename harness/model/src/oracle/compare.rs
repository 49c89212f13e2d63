//! Runs a random program through the searches and compares what they find.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
    rc::Rc,
};

use super::{
    Outcome,
    actor::{self, Seen},
    full::Full,
    observe::Observer,
    program::{Kind, Program},
    reference,
};
use crate::{
    Limits,
    engine::{End, run},
    explore::{Search, exhaustive::Exhaustive},
};

/// What a search finds.
#[derive(Default)]
pub(super) struct Found {
    /// Each outcome, with the fewest preemptions that lead to it.
    pub(super) outcomes: BTreeMap<Outcome, u32>,
    /// Each class of executions, with its outcome.
    pub(super) classes: BTreeMap<u64, Outcome>,
    /// Executions of one class that have different outcomes.
    pub(super) torn: Option<(Outcome, Outcome)>,
    pub(super) executions: u64,
    pub(super) complete: bool,
    pub(super) done: BTreeSet<Kind>,
}

impl Found {
    pub(super) fn set(&self) -> BTreeSet<Outcome> {
        self.outcomes.keys().cloned().collect()
    }
}

/// The limits under which a program runs.
pub(super) fn limits(program: &Program) -> Limits {
    Limits {
        spurious: program.spurious,
        ..Limits::default()
    }
}

/// A program as a scenario.
pub(super) fn scenario(program: &Program) -> (Rc<dyn Fn()>, Rc<Seen>) {
    let seen = Rc::new(Seen::default());
    let (program, theirs) = (program.clone(), Rc::clone(&seen));
    (Rc::new(move || actor::run(&program, &theirs)), seen)
}

/// All that a search finds, within `cap` executions.
pub(super) fn search(search: &mut dyn Search, program: &Program, cap: u64) -> Found {
    let (scenario, seen) = scenario(program);
    let mut found = Found::default();
    loop {
        if !search.begin() {
            found.complete = true;
            break;
        }
        if found.executions == cap {
            break;
        }
        found.executions += 1;
        let mut observer = Observer::new(search);
        let ending = run(&scenario, &mut observer, limits(program), false);
        let (class, preemptions) = (observer.class(&ending), observer.preemptions);
        search.ended(&ending);
        assert!(!search.diverged(), "{program:?} does not repeat itself");
        let end = match ending.end {
            End::Abandoned => continue,
            End::Finished => "finished",
            End::Panicked => "panicked",
            End::Deadlock => "deadlock",
            other => panic!("{program:?}: {other:?}"),
        };
        let outcome = (end, seen.outcome());
        let fewest = found.outcomes.entry(outcome.clone()).or_insert(preemptions);
        *fewest = preemptions.min(*fewest);
        let first = found.classes.entry(class).or_insert_with(|| outcome.clone());
        if *first != outcome {
            found.torn.get_or_insert((first.clone(), outcome));
        }
    }
    found.done = seen.done.take();
    found
}

/// The size of full searches that are worth it.
pub(super) const FULL: u64 = 3_000;

/// The size of reduced searches that are worth it.
const REDUCED: u64 = 4_000;

/// What a comparison over many seeds gave.
#[derive(Debug, Default)]
pub(super) struct Tally {
    pub(super) programs: u64,
    with_full: u64,
    with_reference: u64,
    skipped: u64,
    deadlocks: u64,
    full: u64,
    reduced: u64,
    pub(super) used: BTreeMap<Kind, u64>,
    pub(super) circumstances: BTreeMap<&'static str, u64>,
    pub(super) differ: Vec<String>,
}

/// Compares on `wanted` programs, from `seed` on.
pub(super) fn compare(seed: u64, wanted: u64) -> Tally {
    let mut tally = Tally::default();
    for seed in seed.. {
        if tally.programs == wanted {
            break;
        }
        tally.add(seed, &Program::random(seed), FULL);
    }
    tally
}

/// Compares on programs that are drawn from `kinds`, until one differs. Gives how many programs that took, if no more than `most`.
pub(super) fn until_one_differs(kinds: &[Kind], most: u64) -> Option<u64> {
    let mut tally = Tally::default();
    for seed in 1.. {
        if tally.programs == most || !tally.differ.is_empty() {
            break;
        }
        tally.add(seed, &Program::of(kinds, seed), FULL / 3);
    }
    (!tally.differ.is_empty()).then_some(tally.programs)
}

impl Tally {
    fn add(&mut self, seed: u64, program: &Program, cap: u64) {
        let mut explorer = Exhaustive::new();
        let reduced = search(&mut explorer, program, REDUCED);
        if !reduced.complete {
            self.skipped += 1;
            return;
        }
        let full = search(&mut Full::default(), program, cap);
        let reference = if program.reads_clock() {
            None
        } else {
            reference::outcomes(program)
        };
        if !full.complete && reference.is_none() {
            self.skipped += 1;
            return;
        }
        self.count(program, &reduced);
        let mut differences = Vec::new();
        if explorer.cut() {
            differences.push("the reduced search was cut".to_owned());
        }
        if full.complete {
            self.with_full += 1;
            self.full += full.executions;
            differences.extend(difference("full search", &full.set(), &reduced.set()));
            if full.classes.keys().ne(reduced.classes.keys()) {
                let (all, some) = (full.classes.len(), reduced.classes.len());
                differences.push(format!("of {all} classes of executions, {some} were reduced to"));
            }
        }
        for found in [&full, &reduced] {
            if let Some((one, other)) = &found.torn {
                differences.push(format!("one class, two outcomes: {one:?} and {other:?}"));
            }
        }
        if let Some(reference) = reference {
            self.with_reference += 1;
            differences.extend(difference("reference", &reference, &reduced.set()));
        }
        if !differences.is_empty() {
            self.differ.push(format!(
                "seed {seed}: {program:?}\n    {}",
                differences.join("\n    ")
            ));
        }
    }

    fn count(&mut self, program: &Program, reduced: &Found) {
        self.programs += 1;
        self.reduced += reduced.executions;
        for kind in &reduced.done {
            *self.used.entry(*kind).or_default() += 1;
        }
        let deadlocks = reduced.outcomes.keys().any(|(end, _)| *end == "deadlock");
        self.deadlocks += u64::from(deadlocks);
        let sends = reduced.done.contains(&Kind::Send) || reduced.done.contains(&Kind::TrySend);
        for (circumstance, holds) in [
            ("a deadlock is possible", deadlocks),
            ("threads wake spuriously", program.spurious > 0),
            ("an unbounded channel", sends && program.bound.is_none()),
            ("a channel without a buffer", sends && program.bound == Some(0)),
            ("a channel with room for one", sends && program.bound == Some(1)),
            (
                "a barrier for three",
                reduced.done.contains(&Kind::Barrier) && program.size == 3,
            ),
            ("three threads", program.threads.len() == 3),
        ] {
            *self.circumstances.entry(circumstance).or_default() += u64::from(holds);
        }
    }

    pub(super) fn assert_agreement(&self) {
        let some: Vec<_> = self.differ.iter().take(6).map(String::as_str).collect();
        assert!(
            some.is_empty(),
            "{} of {} programs differ:\n{}",
            self.differ.len(),
            self.programs,
            some.join("\n")
        );
    }
}

fn difference(name: &str, known: &BTreeSet<Outcome>, reduced: &BTreeSet<Outcome>) -> Option<String> {
    let missing: Vec<_> = known.difference(reduced).take(2).collect();
    let extra: Vec<_> = reduced.difference(known).take(2).collect();
    (known != reduced).then(|| {
        format!(
            "{name}: {} outcomes, reduced search: {}; missing {missing:?}; extra {extra:?}",
            known.len(),
            reduced.len()
        )
    })
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "{} programs, {} of which can deadlock; {} more were too large",
            self.programs, self.deadlocks, self.skipped
        )?;
        writeln!(
            f,
            "{} compared with the full search ({} executions), {} with the reference; reduced: {} executions",
            self.with_full, self.full, self.with_reference, self.reduced
        )?;
        for (circumstance, programs) in &self.circumstances {
            writeln!(f, "{programs:>7}  {circumstance}")?;
        }
        for line in self.used.iter().collect::<Vec<_>>().chunks(4) {
            for (kind, programs) in line {
                write!(f, "{programs:>7}  {:<18}", format!("{kind:?}"))?;
            }
            writeln!(f)?;
        }
        Ok(())
    }
}
