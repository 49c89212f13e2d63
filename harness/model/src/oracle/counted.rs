//! Random programs over counted references: what each thread sees of the counts, and who drops the value.

use std::{
    collections::BTreeSet,
    rc::Rc,
    sync::{Mutex, PoisonError},
};

use super::{asked, full::Full};
use crate::{
    Limits,
    engine::{End, run},
    explore::{Forward, Search, exhaustive::Exhaustive, sampled::SplitMix},
    faults::{Fault, with_planted},
    sync::{
        atomic::{AtomicU64, Ordering::SeqCst},
        counted::{Arc, Weak},
    },
    thread,
};

/// One operation of a thread, on references of its own.
#[derive(Clone, Copy, Debug)]
enum Op {
    Clone,
    Drop,
    Downgrade,
    DropWeak,
    Upgrade,
    StrongCount,
    WeakCount,
    TryUnwrap,
    IntoInner,
    GetMut,
    MakeMut,
    Load(usize),
    Add(usize),
}

const OPS: [Op; 15] = [
    Op::Clone,
    Op::Drop,
    Op::Drop,
    Op::Downgrade,
    Op::DropWeak,
    Op::Upgrade,
    Op::StrongCount,
    Op::WeakCount,
    Op::TryUnwrap,
    Op::IntoInner,
    Op::GetMut,
    Op::MakeMut,
    Op::Load(0),
    Op::Load(1),
    Op::Add(1),
];

/// What each thread does, and whether the end of the value can be seen.
#[derive(Clone, Debug)]
struct Program {
    threads: Vec<Vec<Op>>,
    loud: bool,
}

type Logs = std::sync::Arc<Mutex<Vec<Vec<u64>>>>;

/// What the threads share besides the value.
struct Shared {
    logs: Logs,
    cells: [AtomicU64; 2],
}

impl Shared {
    fn log(&self, thread: usize, seen: u64) {
        self.logs.lock().unwrap_or_else(PoisonError::into_inner)[thread].push(seen);
    }
}

/// A value whose end is heard.
#[derive(Clone)]
struct Loud(std::sync::Arc<Shared>);

impl Drop for Loud {
    fn drop(&mut self) {
        let number = thread::current().name().and_then(|name| name.parse().ok());
        // The scenario's own thread comes behind the others.
        let own = self.0.logs.lock().unwrap_or_else(PoisonError::into_inner).len() - 1;
        self.0.log(number.unwrap_or(own), 1_000);
        self.0.cells[0].store(1, SeqCst);
    }
}

/// A value whose end is that of its bytes.
#[derive(Clone)]
struct Quiet;

impl Program {
    fn random(seed: u64) -> Program {
        let mut random = SplitMix(seed);
        let threads = 2 + usize::from(random.below(4) == 0);
        let ops = if threads == 2 { 4 } else { 3 };
        let op = |random: &mut SplitMix| OPS[random.below(OPS.len())];
        Program {
            threads: (0..threads)
                .map(|_| (0..1 + random.below(ops)).map(|_| op(&mut random)).collect())
                .collect(),
            loud: random.below(3) > 0,
        }
    }

    fn run(&self, logs: &Logs) {
        let shared = std::sync::Arc::new(Shared {
            logs: Logs::clone(logs),
            cells: [AtomicU64::new(0), AtomicU64::new(0)],
        });
        if self.loud {
            self.start(&shared, &Arc::new(Loud(std::sync::Arc::clone(&shared))));
        } else {
            self.start(&shared, &Arc::new(Quiet));
        }
    }

    /// Starts the threads, each with a reference and a weak one.
    fn start<T: Clone + Send + Sync + 'static>(&self, shared: &std::sync::Arc<Shared>, value: &Arc<T>) {
        for (index, ops) in self.threads.iter().enumerate() {
            let (ops, shared) = (ops.clone(), std::sync::Arc::clone(shared));
            let mut references = References {
                strong: vec![Arc::clone(value)],
                weak: vec![Arc::downgrade(value)],
            };
            let body = move || {
                for op in ops {
                    let seen = references.apply(op, &shared);
                    shared.log(index, seen);
                }
            };
            let named = thread::Builder::new().name(index.to_string());
            named.spawn(body).expect("there is room for it");
        }
    }
}

/// What one thread has.
struct References<T> {
    strong: Vec<Arc<T>>,
    weak: Vec<Weak<T>>,
}

impl<T: Clone> References<T> {
    /// Does `op`, if there is something to do it with; gives what can be seen of it.
    fn apply(&mut self, op: Op, shared: &Shared) -> u64 {
        let kind = |present: bool| u64::from(present) + 1;
        match op {
            Op::Load(cell) => return 100 + shared.cells[cell].load(SeqCst),
            Op::Add(cell) => return 100 + shared.cells[cell].fetch_add(1, SeqCst),
            Op::Upgrade => {
                let upgraded = self.weak.last().and_then(Weak::upgrade);
                let seen = kind(upgraded.is_some());
                self.strong.extend(upgraded);
                return seen;
            }
            Op::DropWeak => return kind(self.weak.pop().is_some()),
            _ => {}
        }
        let Some(mut last) = self.strong.pop() else {
            return 0;
        };
        let seen = match op {
            Op::Clone => {
                self.strong.push(Arc::clone(&last));
                1
            }
            Op::Downgrade => {
                self.weak.push(Arc::downgrade(&last));
                1
            }
            Op::StrongCount => 10 + Arc::strong_count(&last) as u64,
            Op::WeakCount => 10 + Arc::weak_count(&last) as u64,
            Op::GetMut => kind(Arc::get_mut(&mut last).is_some()),
            Op::MakeMut => {
                Arc::make_mut(&mut last);
                1
            }
            Op::IntoInner => return kind(Arc::into_inner(last).is_some()),
            Op::TryUnwrap => {
                return match Arc::try_unwrap(last) {
                    Ok(_) => 2,
                    Err(shared) => {
                        self.strong.push(shared);
                        1
                    }
                };
            }
            _ => {
                drop(last);
                return 1;
            }
        };
        self.strong.push(last);
        seen
    }
}

/// What each thread saw.
type Outcome = Vec<Vec<u64>>;

/// All outcomes that a search finds, with the number of executions; `None` if there are more than `cap`.
fn outcomes(search: &mut dyn Search, program: &Program, cap: u64) -> Option<(BTreeSet<Outcome>, u64)> {
    let logs = Logs::default();
    let scenario: Rc<dyn Fn()> = {
        let (program, logs) = (program.clone(), Logs::clone(&logs));
        Rc::new(move || program.run(&logs))
    };
    let mut found = BTreeSet::new();
    let mut executions = 0;
    while search.begin() {
        if executions == cap {
            return None;
        }
        executions += 1;
        *logs.lock().unwrap_or_else(PoisonError::into_inner) = vec![Vec::new(); program.threads.len() + 1];
        let ending = run(&scenario, &mut Forward(search), Limits::default(), false);
        search.ended(&ending);
        match ending.end {
            End::Abandoned => {}
            End::Finished => {
                found.insert(logs.lock().unwrap_or_else(PoisonError::into_inner).clone());
            }
            other => panic!("{program:?}: {other:?}"),
        }
    }
    Some((found, executions))
}

/// What comparing the two searches on one program gives.
struct Compared {
    program: Program,
    expected: BTreeSet<Outcome>,
    found: BTreeSet<Outcome>,
    full: u64,
    reduced: u64,
}

/// The comparisons on random programs, from `seed` on, that are small enough for a full search.
fn comparisons(seed: u64) -> impl Iterator<Item = (u64, Compared)> {
    (seed..).filter_map(|seed| {
        let program = Program::random(seed);
        let (expected, full) = outcomes(&mut Full::default(), &program, FULL)?;
        let found = outcomes(&mut Exhaustive::new(), &program, 2 * FULL);
        let (found, reduced) =
            found.unwrap_or_else(|| panic!("seed {seed}: the reduced search is the larger one"));
        let compared = Compared {
            program,
            expected,
            found,
            full,
            reduced,
        };
        Some((seed, compared))
    })
}

/// The size of full searches that are worth it.
const FULL: u64 = 2_000;

#[test]
fn the_reduced_search_sees_every_count_and_every_last_drop() {
    let wanted = asked("KATA_ORACLE_PROGRAMS", 2_000) as usize / 10;
    let (mut full, mut reduced, mut several) = (0, 0, 0);
    for (seed, compared) in comparisons(asked("KATA_ORACLE_SEED", 1)).take(wanted) {
        assert_eq!(
            compared.found, compared.expected,
            "seed {seed}: {:?}",
            compared.program
        );
        full += compared.full;
        reduced += compared.reduced;
        several += usize::from(compared.expected.len() > 1);
    }
    println!(
        "{wanted} programs ({several} with several outcomes): full {full} executions, reduced {reduced}"
    );
    assert!(
        several > wanted / 2,
        "the programs say little: {several} of {wanted}"
    );
}

#[test]
fn a_count_that_leaves_no_footprint_is_caught() {
    for fault in [Fault::DropWrites, Fault::DropReleases] {
        let caught = with_planted(fault, || {
            comparisons(1)
                .take(200)
                .position(|(_, compared)| compared.found != compared.expected)
        });
        println!("{fault:?}: caught after {caught:?} programs");
        assert!(caught.is_some(), "{fault:?} stays hidden");
    }
}
