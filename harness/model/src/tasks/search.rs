//! Runs a scenario in one order of its tasks after the other.
//!
//! 1. In every order, up to a cap. Where that is the end of it, all is proved that orders can prove.
//! 2. Where there are too many: with at most 0, 1 and 2 delays, then samples with fixed seeds.
//! 3. Once it fails: with at most 0, 1 and 2 delays, for the failure that a person can follow.

use super::turns::{Asked, Execution, Step, TaskInfo, Turns};
use crate::Error;

/// How far to search. All bounds are counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Config {
    /// The most executions of the search in every order.
    pub exhaustive: u64,
    /// The most executions of each search with at most 0, 1 and 2 delays.
    pub bounded: u64,
    /// Samples where the exhaustive search was not completed.
    pub samples: u64,
    /// The most turns of one execution.
    pub steps: usize,
}

/// The delays that bounded searches allow.
const DELAYS: [u32; 3] = [0, 1, 2];

/// Samples that look for an order that passes, where none has yet.
const WALKS: u64 = 100;

/// Where the generator of samples begins; any number but 0.
const SEED: u64 = 0x9e37_79b9_7f4a_7c15;

/// What an exploration finds.
#[derive(Debug)]
pub struct Report<O> {
    /// How sure it is that the scenario passes, or the order in which it fails.
    pub verdict: Result<Proof, Box<Failure<O>>>,
    /// Turns of all executions.
    pub steps: u64,
}

/// How sure a pass is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proof {
    /// Every order.
    Exhausted {
        /// Executions that it took.
        executions: u64,
    },
    /// Every order with at most this many delays, and samples.
    Bounded {
        /// The bound.
        delays: u32,
        /// All executions.
        executions: u64,
    },
    /// Samples. So it is, too, where a task was cancelled: when it is dropped then, nobody chooses.
    Sampled {
        /// All executions.
        executions: u64,
    },
}

/// An order in which the scenario fails. It was run three times, with the same outcome.
#[derive(Debug)]
pub struct Failure<O> {
    /// What came of it; `None` where it has more turns than it may have.
    pub outcome: Option<O>,
    /// Its tasks; number 0 is the scenario's own.
    pub tasks: Vec<TaskInfo>,
    /// What happened.
    pub steps: Vec<Step>,
    /// At each choice, which of the tasks that could go on did, in the order in which they were woken.
    pub choices: Vec<u32>,
    /// How often somebody went before one who was woken earlier.
    pub delays: u32,
    /// The number of the execution that failed first, from 1.
    pub found_at: u64,
    /// Whether it passes in some other order.
    pub some_pass: bool,
}

/// Runs `run` in one order after the other. It runs an event loop with a [`Root`](super::Root), and says what came of it; an outcome
/// that is not one of those that `passes` says yes to ends the search.
///
/// # Errors
///
/// [`Error::Nondeterministic`] when the same order has two outcomes.
pub fn explore<O: PartialEq>(
    config: &Config,
    run: impl FnMut() -> Option<O>,
    passes: impl Fn(&O) -> bool,
) -> Result<Report<O>, Error> {
    Explorer {
        config,
        run,
        passes,
        executions: 0,
        passed: 0,
        steps: 0,
        cancelled: false,
    }
    .explore()
}

struct Explorer<'a, R, P> {
    config: &'a Config,
    run: R,
    passes: P,
    executions: u64,
    passed: u64,
    steps: u64,
    cancelled: bool,
}

/// How one execution went.
struct Ran<O> {
    outcome: Option<O>,
    passed: bool,
    execution: Execution,
}

/// How a search ended.
enum Searched<O> {
    /// Nothing is left.
    Done,
    /// The cap is reached.
    Capped,
    /// An order fails.
    Failed(Box<Ran<O>>),
}

impl<O: PartialEq, R: FnMut() -> Option<O>, P: Fn(&O) -> bool> Explorer<'_, R, P> {
    fn explore(mut self) -> Result<Report<O>, Error> {
        let failed = match self.search(u32::MAX, self.config.exhaustive)? {
            Searched::Failed(ran) => Some(ran),
            Searched::Done => {
                let executions = self.executions;
                return Ok(self.passed(match self.cancelled {
                    false => Proof::Exhausted { executions },
                    true => Proof::Sampled { executions },
                }));
            }
            Searched::Capped => None,
        };
        let mut found_at = self.executions;
        let (mut delays, mut simplest) = (None, None);
        for bound in DELAYS {
            match self.search(bound, self.config.bounded)? {
                Searched::Done => delays = Some(bound),
                Searched::Capped => break,
                Searched::Failed(ran) => {
                    if failed.is_none() {
                        found_at = self.executions;
                    }
                    simplest = Some(ran);
                    break;
                }
            }
        }
        if let Some(ran) = simplest.or(failed) {
            return self.failed(*ran, found_at);
        }
        for sample in 0..self.config.samples {
            let ran = self.run(random(sample), false)?;
            if !ran.passed {
                let found_at = self.executions;
                return self.failed(ran, found_at);
            }
        }
        let executions = self.executions;
        Ok(self.passed(match delays {
            Some(delays) if !self.cancelled => Proof::Bounded { delays, executions },
            _ => Proof::Sampled { executions },
        }))
    }

    fn passed(&self, proof: Proof) -> Report<O> {
        Report {
            verdict: Ok(proof),
            steps: self.steps,
        }
    }

    /// All orders with at most `delays`, depth first, until one fails.
    fn search(&mut self, delays: u32, cap: u64) -> Result<Searched<O>, Error> {
        let mut asked = Vec::new();
        for _ in 0..cap {
            let ran = self.run(Asked::Exactly(asked), false)?;
            if !ran.passed {
                return Ok(Searched::Failed(Box::new(ran)));
            }
            match next(&ran.execution.choices, delays) {
                Some(choices) => asked = choices,
                None => return Ok(Searched::Done),
            }
        }
        Ok(Searched::Capped)
    }

    fn run(&mut self, asked: Asked, watched: bool) -> Result<Ran<O>, Error> {
        let turns = Turns::new(asked, self.config.steps, watched);
        let outcome = turns.during(|| (self.run)());
        let execution = std::mem::take(&mut *turns.lock());
        if execution.diverged {
            return Err(nondeterministic("another task can go on"));
        }
        let outcome = outcome.filter(|_| !execution.endless);
        let passed = outcome.as_ref().is_some_and(&self.passes);
        self.executions += 1;
        self.passed += u64::from(passed);
        self.steps += execution.steps.len() as u64;
        self.cancelled |= execution.cancelled;
        Ok(Ran {
            outcome,
            passed,
            execution,
        })
    }

    /// Tells of an order that fails, after it was run again.
    fn failed(mut self, ran: Ran<O>, found_at: u64) -> Result<Report<O>, Error> {
        let choices: Vec<u32> = ran.execution.choices.iter().map(|(taken, _)| *taken).collect();
        let mut last = ran;
        for _ in 0..2 {
            let again = self.run(Asked::Exactly(choices.clone()), true)?;
            if again.outcome != last.outcome || again.execution.choices != last.execution.choices {
                return Err(nondeterministic("the outcome differs"));
            }
            last = again;
        }
        for walk in 0..WALKS {
            if self.passed > 0 {
                break;
            }
            self.run(random(walk), false)?;
        }
        let failure = Failure {
            outcome: last.outcome,
            tasks: last.execution.tasks,
            steps: last.execution.steps,
            delays: choices.iter().sum(),
            choices,
            found_at,
            some_pass: self.passed > 0,
        };
        Ok(Report {
            verdict: Err(Box::new(failure)),
            steps: self.steps,
        })
    }
}

fn nondeterministic(what: &str) -> Error {
    Error::Nondeterministic {
        what: what.to_owned(),
    }
}

/// The sample number `index`.
fn random(index: u64) -> Asked {
    Asked::Random(SEED.wrapping_mul(2 * index + 1))
}

/// The choices of the order after one that took `choices`, in a search with at most `delays`.
fn next(choices: &[(u32, u32)], delays: u32) -> Option<Vec<u32>> {
    let mut spent: u64 = choices.iter().map(|(taken, _)| u64::from(*taken)).sum();
    for (index, (taken, count)) in choices.iter().enumerate().rev() {
        if taken + 1 < *count && spent < u64::from(delays) {
            let before = choices[..index].iter().map(|(taken, _)| *taken);
            return Some(before.chain([taken + 1]).collect());
        }
        spent -= u64::from(*taken);
    }
    None
}
