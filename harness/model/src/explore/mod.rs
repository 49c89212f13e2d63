//! Runs a scenario under one schedule after the other.
//!
//! 1. Exhaustively, up to steps that commute: first without spurious awakenings, then with them. Samples show whether that
//!    search really stood for all executions.
//! 2. Where there are too many schedules for that: with at most 0, then 1, then 2 preemptions; then samples of
//!    several kinds, with fixed seeds.
//! 3. Once a schedule fails: with at most 0, 1 and 2 preemptions, for the failure with the fewest, which a person can follow.
//!
//! Every cap is a count and every seed is fixed, so the same scenario has the same result everywhere.

mod audit;
pub(crate) mod bounded;
pub(crate) mod exhaustive;
mod fairness;
mod order;
mod replay;
mod result;
pub(crate) mod sampled;

use std::{panic::Location, rc::Rc};

pub use result::{Failure, FailureKind, Proof, Report};

use crate::{
    Error,
    engine::{End, Ending, Limits, Scheduler, run},
};
use audit::Audit;
use bounded::Bounded;
use exhaustive::Exhaustive;
use replay::Replay;
use sampled::{Sampled, Sampler};

/// How far to search. All bounds are counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Config {
    /// Bounds of each execution. `limits.spurious` is used where spurious awakenings are explored.
    pub limits: Limits,
    /// The most executions of the search with at most 0, 1 and 2 preemptions each.
    pub bounded: [u64; 3],
    /// The most executions of the exhaustive search.
    pub exhaustive: u64,
    /// Samples that a completed exhaustive search is checked with.
    pub audit: u64,
    /// Executions of each sampler, where the exhaustive search was not completed.
    pub samples: u64,
    /// Where the samplers begin.
    pub seed: u64,
}

impl Default for Config {
    fn default() -> Self {
        Config {
            limits: Limits {
                spurious: 1,
                ..Limits::default()
            },
            bounded: [2_000, 10_000, 20_000],
            exhaustive: 50_000,
            audit: 64,
            samples: 2_000,
            seed: 1,
        }
    }
}

/// A search over schedules: a scheduler that knows when it is done.
pub(crate) trait Search: Scheduler {
    /// Begins the next execution; `false` when there is none.
    fn begin(&mut self) -> bool;

    /// Looks at how the execution ended.
    fn ended(&mut self, ending: &Ending);

    /// Whether schedules were left out to be fair to threads that others spin for.
    fn cut(&self) -> bool;

    /// Whether the scenario behaved in two ways under one schedule.
    fn diverged(&self) -> bool;
}

/// Explores `scenario`.
///
/// # Errors
///
/// When no verdict can be trusted: see [`Error`].
#[track_caller]
pub fn explore(config: &Config, scenario: impl Fn() + 'static) -> Result<Report, Error> {
    let mut exploration = Exploration {
        config,
        scenario: Rc::new(scenario),
        report: Report::new(Location::caller()),
    };
    let verdict = exploration.verdict()?;
    Ok(Report {
        verdict,
        ..exploration.report
    })
}

/// Runs `scenario` once more, under the schedule of a failure, and gives its trace.
///
/// # Errors
///
/// When the scenario does not behave as it did.
#[track_caller]
pub fn replay(config: &Config, failure: &Failure, scenario: impl Fn() + 'static) -> Result<Ending, Error> {
    let scenario: Rc<dyn Fn()> = Rc::new(scenario);
    let mut replay = Replay::new(&failure.schedule);
    let ending = run(&scenario, &mut replay, failure.limits(config), true);
    match ending.end {
        End::Fault(error) => Err(error),
        _ if replay.diverged || ending.trace != failure.trace => Err(Error::Nondeterministic {
            what: "a replayed schedule takes another course".to_owned(),
        }),
        _ => Ok(ending),
    }
}

struct Exploration<'a> {
    config: &'a Config,
    scenario: Rc<dyn Fn()>,
    report: Report,
}

/// How a search ended.
enum Searched {
    /// Every schedule that it looks for was run; `fair` if some were left out to be fair.
    Complete { fair: bool },
    /// The same, and yet there are executions that it did not stand for.
    Unfounded,
    /// The cap was reached.
    Capped,
    /// A schedule fails.
    Failed(Box<Ending>, Limits),
}

/// A proof that holds, or the schedule that fails.
type Verdict = Result<Proof, Box<Failure>>;

impl Exploration<'_> {
    fn verdict(&mut self) -> Result<Verdict, Error> {
        let spurious = self.config.limits;
        let calm = Limits {
            spurious: 0,
            ..spurious
        };
        let mut proof = None;
        for limits in [calm, spurious] {
            let mut exhaustive = Exhaustive::new();
            let mut searched = self.search(&mut exhaustive, limits, self.config.exhaustive)?;
            if let Searched::Complete { fair: false } = searched {
                searched = self.audit(&exhaustive, limits)?.unwrap_or(searched);
            }
            match searched {
                Searched::Failed(ending, limits) => {
                    let (ending, limits) = self.fewest_preemptions(*ending, limits)?;
                    return self.failure(ending, limits).map(Err);
                }
                Searched::Complete { fair: false } => {
                    let all = limits.spurious > 0 || !self.report.may_wake_spuriously;
                    proof = Some(Proof::Exhausted {
                        executions: self.report.last_search,
                        spurious: all,
                    });
                    if all {
                        break;
                    }
                }
                Searched::Unfounded => {
                    proof = None;
                    break;
                }
                Searched::Complete { fair: true } | Searched::Capped => break,
            }
        }
        match proof {
            Some(proof) => Ok(Ok(proof)),
            None => self.bounded_and_sampled(spurious),
        }
    }

    /// What can be said where the exhaustive search was not completed.
    fn bounded_and_sampled(&mut self, limits: Limits) -> Result<Verdict, Error> {
        let mut bounded = None;
        for (bound, cap) in (0..).zip(self.config.bounded) {
            match self.search(&mut Bounded::new(bound), limits, cap)? {
                Searched::Failed(ending, limits) => return self.failure(*ending, limits).map(Err),
                Searched::Complete { fair } => bounded = Some((bound, fair)),
                Searched::Capped | Searched::Unfounded => break,
            }
        }
        for (index, sampler) in (0..).zip(Sampler::ALL) {
            let seed = self.config.seed.wrapping_mul(1_000_003) + index;
            let mut search = Sampled::new(sampler, self.config.samples, seed);
            if let Searched::Failed(ending, limits) = self.search(&mut search, limits, u64::MAX)? {
                let (ending, limits) = self.fewest_preemptions(*ending, limits)?;
                return self.failure(ending, limits).map(Err);
            }
        }
        let executions = self.report.executions;
        Ok(Ok(match bounded {
            Some((preemptions, fair)) => Proof::Bounded {
                preemptions,
                executions,
                fair,
            },
            None => Proof::Sampled { executions },
        }))
    }

    /// A failure with fewer preemptions than the known one, if there is one within the bounds.
    fn fewest_preemptions(&mut self, known: Ending, limits: Limits) -> Result<(Ending, Limits), Error> {
        self.report.found_at = self.report.executions;
        let mut replay = Replay::new(&known.schedule);
        run(&self.scenario, &mut replay, limits, false);
        for (bound, cap) in (0..replay.preemptions).zip(self.config.bounded) {
            match self.search(&mut Bounded::new(bound), limits, cap)? {
                Searched::Failed(fewer, limits) => return Ok((*fewer, limits)),
                Searched::Complete { .. } => {}
                Searched::Capped | Searched::Unfounded => break,
            }
        }
        Ok((known, limits))
    }

    fn search(&mut self, search: &mut dyn Search, limits: Limits, cap: u64) -> Result<Searched, Error> {
        let mut executions = 0;
        let mut truncated = false;
        while search.begin() {
            if executions == cap {
                return Ok(Searched::Capped);
            }
            executions += 1;
            self.report.last_search = executions;
            let ending = run(&self.scenario, &mut Forward(search), limits, false);
            search.ended(&ending);
            self.report.count(&ending);
            truncated |= ending.truncated || ending.unsure;
            if search.diverged() {
                return Err(Error::Nondeterministic {
                    what: "it takes another course under the same schedule".to_owned(),
                });
            }
            match ending.end {
                End::Fault(error) => return Err(error),
                End::Finished => self.report.passes += 1,
                End::Abandoned => {}
                _ => return Ok(Searched::Failed(Box::new(ending), limits)),
            }
        }
        Ok(Searched::Complete {
            fair: search.cut() || truncated,
        })
    }

    /// Looks for executions that a completed search did not stand for: see [`audit`].
    fn audit(&self, exhaustive: &Exhaustive, limits: Limits) -> Result<Option<Searched>, Error> {
        let mut audit = Audit::new(self.config.audit, self.config.seed);
        let mut known = true;
        while audit.begin() {
            let ending = run(&self.scenario, &mut audit, limits, false);
            known &= exhaustive.has_seen(audit.class(&ending));
            match ending.end {
                End::Fault(error) => return Err(error),
                End::Finished => (),
                _ => return Ok(Some(Searched::Failed(Box::new(ending), limits))),
            }
        }
        Ok((!known).then_some(Searched::Unfounded))
    }

    /// Believes a failure after three replays that agree.
    fn failure(&mut self, ending: Ending, limits: Limits) -> Result<Box<Failure>, Error> {
        let mut first: Option<(Ending, u32)> = None;
        for _ in 0..3 {
            let mut replay = Replay::new(&ending.schedule);
            let again = run(&self.scenario, &mut replay, limits, true);
            let same_end = std::mem::discriminant(&again.end) == std::mem::discriminant(&ending.end);
            let same_trace = first.as_ref().is_none_or(|(first, _)| {
                first.trace == again.trace && first.panics == again.panics && first.blocked == again.blocked
            });
            // A run that reaches the step bound leaves the schedule where it was recorded.
            if replay.diverged || !same_end || !same_trace {
                return Err(Error::Nondeterministic {
                    what: format!(
                        "its failing schedule gives {:?}, then {:?}",
                        ending.end, again.end
                    ),
                });
            }
            first.get_or_insert((again, replay.preemptions));
        }
        let found_at = if self.report.found_at > 0 {
            self.report.found_at
        } else {
            self.report.executions
        };
        let (ending, preemptions) = first.expect("replayed three times");
        let endless = matches!(ending.end, End::Livelock | End::StepBound);
        let always =
            self.report.passes == 0 && !self.passes_sometimes(limits, if endless { 10 } else { 100 });
        Ok(Box::new(Failure::new(
            ending,
            limits,
            preemptions,
            found_at,
            always,
        )))
    }

    /// Whether the scenario passes under some schedule of this many.
    fn passes_sometimes(&self, limits: Limits, looks: u64) -> bool {
        let mut search = Sampled::new(Sampler::Walk, looks, self.config.seed);
        while search.begin() {
            let ending = run(&self.scenario, &mut search, limits, false);
            if matches!(ending.end, End::Finished) {
                return true;
            }
        }
        false
    }
}

/// A search as the scheduler that it is.
pub(crate) struct Forward<'a>(pub(crate) &'a mut dyn Search);

impl Scheduler for Forward<'_> {
    fn pick(&mut self, point: &crate::Point<'_>) -> crate::Pick {
        self.0.pick(point)
    }

    fn stepped(&mut self, step: &crate::Step<'_>) {
        self.0.stepped(step);
    }
}
