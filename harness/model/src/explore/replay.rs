//! The same schedule again.

use super::{
    bounded::can_go,
    fairness::{Fairness, threads},
};
use crate::engine::{Choice, Pick, Point, Scheduler, Step, Way};

pub(super) struct Replay<'a> {
    schedule: &'a [Choice],
    next: usize,
    fairness: Fairness,
    enabled: u64,
    /// How often a thread that could go on was interrupted.
    pub(super) preemptions: u32,
    /// Whether the schedule could not be followed.
    pub(super) diverged: bool,
}

impl<'a> Replay<'a> {
    pub(super) fn new(schedule: &'a [Choice]) -> Self {
        Replay {
            schedule,
            next: 0,
            fairness: Fairness::new(),
            enabled: 0,
            preemptions: 0,
            diverged: false,
        }
    }
}

impl Scheduler for Replay<'_> {
    fn pick(&mut self, point: &Point<'_>) -> Pick {
        let found = self
            .schedule
            .get(self.next)
            .and_then(|choice| point.choices.iter().position(|open| open == choice));
        let Some(index) = found else {
            self.diverged = true;
            return Pick::Abandon;
        };
        self.next += 1;
        self.enabled = threads(point.choices);
        let choice = point.choices[index];
        let eligible = self.fairness.eligible(self.enabled);
        let continues = point.current.is_some_and(|current| {
            current != choice.thread && eligible & current.bit() != 0 && can_go(point.choices, current)
        });
        let interrupts = match choice.way {
            Way::Go(_) => continues,
            Way::Expire => false,
            Way::Spurious => true,
        };
        self.preemptions += u32::from(interrupts);
        Pick::Take(index)
    }

    fn stepped(&mut self, step: &Step<'_>) {
        self.fairness.stepped(step.choice.thread, step.futile);
    }
}
