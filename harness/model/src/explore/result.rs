//! What an exploration finds.

use std::time::Duration;

use super::Config;
use crate::engine::{Blocked, Choice, End, Ending, Limits, Loc, Panic, Source, Trace};

/// What an exploration finds.
#[derive(Debug)]
pub struct Report {
    /// How sure it is that the scenario passes, or the schedule under which it fails.
    pub verdict: Result<Proof, Box<Failure>>,
    /// Executions of all searches, without replays.
    pub executions: u64,
    /// Those under which the scenario passed.
    pub passes: u64,
    /// Steps of all executions.
    pub steps: u64,
    /// Whether orderings weaker than `SeqCst` were asked for: the proof is about sequential consistency only.
    pub weak_orderings: bool,
    /// The most threads that were left waiting when a scenario had returned.
    pub left_behind: usize,
    /// The longest virtual time of a passing execution.
    pub elapsed: Duration,
    /// Where the exploration was asked for.
    pub asked: Source,
    pub(super) may_wake_spuriously: bool,
    pub(super) last_search: u64,
    pub(super) found_at: u64,
}

/// How sure a pass is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proof {
    /// Every interleaving, up to the order of steps that commute.
    Exhausted {
        /// Executions of the last, exhaustive search.
        executions: u64,
        /// Whether that includes spurious awakenings (or nothing in the scenario can have any).
        spurious: bool,
    },
    /// Every schedule with at most this many preemptions, and samples.
    Bounded {
        /// The bound.
        preemptions: u32,
        /// All executions.
        executions: u64,
        /// Whether schedules were left out in which a thread spins while those that it waits for cannot run.
        fair: bool,
    },
    /// Samples.
    Sampled {
        /// All executions.
        executions: u64,
    },
}

/// How a scenario fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FailureKind {
    /// The scenario panicked: an assertion failed, or a panic of another thread reached it.
    Panic,
    /// All threads wait for ever.
    Deadlock,
    /// Threads run for ever and change nothing.
    Livelock,
    /// It takes more steps than the bound, under a fair schedule.
    StepBound,
}

/// A schedule under which the scenario fails. It was replayed three times with the same trace.
#[derive(Debug)]
pub struct Failure {
    /// How it fails.
    pub kind: FailureKind,
    /// The message of the scenario's panic, or what stands for it.
    pub message: String,
    /// Every panic, in order.
    pub panics: Vec<Panic>,
    /// The threads that wait for ever.
    pub blocked: Vec<Blocked>,
    /// The choices, in order.
    pub schedule: Vec<Choice>,
    /// What happened.
    pub trace: Trace,
    /// How often a thread that could go on was interrupted.
    pub preemptions: u32,
    /// The number of the execution that failed, from 1.
    pub found_at: u64,
    /// Whether no schedule is known under which the scenario passes: then it is no race but plainly wrong.
    pub always: bool,
    limits: Limits,
}

impl Report {
    pub(super) fn new(asked: Loc) -> Self {
        Report {
            verdict: Ok(Proof::Sampled { executions: 0 }),
            executions: 0,
            passes: 0,
            steps: 0,
            weak_orderings: false,
            left_behind: 0,
            elapsed: Duration::ZERO,
            asked: asked.into(),
            may_wake_spuriously: false,
            last_search: 0,
            found_at: 0,
        }
    }

    pub(super) fn count(&mut self, ending: &Ending) {
        self.executions += 1;
        self.steps += ending.schedule.len() as u64;
        self.weak_orderings |= ending.weak_orderings;
        self.may_wake_spuriously |= ending.may_wake_spuriously;
        if matches!(ending.end, End::Finished) {
            self.left_behind = self.left_behind.max(ending.blocked.len());
            self.elapsed = self.elapsed.max(ending.elapsed);
        }
    }
}

impl Failure {
    pub(super) fn new(ending: Ending, limits: Limits, preemptions: u32, found_at: u64, always: bool) -> Self {
        let (kind, message) = match ending.end {
            End::Deadlock => (FailureKind::Deadlock, "every thread waits, and none can be woken"),
            End::Livelock => (
                FailureKind::Livelock,
                "the threads run for ever and change nothing",
            ),
            End::StepBound => (FailureKind::StepBound, "the threads run on without an end"),
            _ => (FailureKind::Panic, "the scenario panicked"),
        };
        let mut last_first = ending.panics.iter().rev();
        let root = last_first
            .find(|panic| panic.thread == crate::ThreadId::ROOT)
            .or(ending.panics.last());
        let message = match (kind, root) {
            (FailureKind::Panic, Some(panic)) => panic.message.clone(),
            _ => message.to_owned(),
        };
        Failure {
            kind,
            message,
            panics: ending.panics,
            blocked: ending.blocked,
            schedule: ending.schedule,
            trace: ending.trace,
            preemptions,
            found_at,
            always,
            limits,
        }
    }

    /// The failure of the one schedule that the ideal machine runs.
    pub(crate) fn on_the_ideal_machine(ending: Ending) -> Option<Self> {
        match ending.end {
            End::Finished => None,
            _ => Some(Failure::new(ending, Limits::default(), 0, 1, true)),
        }
    }

    /// The limits under which the schedule was found.
    pub(super) fn limits(&self, _config: &Config) -> Limits {
        self.limits
    }
}
