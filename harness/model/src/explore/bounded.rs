//! Preemption-bounded search: every schedule in which a thread that could go on is interrupted at most so many
//! times (Musuvathi and Qadeer, *Iterative context bounding*, 2007). Most bugs need one or two.

use super::{
    Search,
    fairness::{Fairness, threads},
};
use crate::engine::{Choice, Ending, Pick, Point, Scheduler, Step, ThreadId, Way};

/// Depth-first search under a bound.
pub(crate) struct Bounded {
    bound: u32,
    path: Vec<Node>,
    depth: usize,
    used: u32,
    fairness: Fairness,
    enabled: u64,
    started: bool,
    cut: bool,
    diverged: bool,
}

struct Node {
    /// The choices within the bound, with what each uses of it.
    choices: Vec<(Choice, u32)>,
    taken: usize,
}

impl Bounded {
    pub(crate) fn new(bound: u32) -> Self {
        Bounded {
            bound,
            path: Vec::new(),
            depth: 0,
            used: 0,
            fairness: Fairness::new(),
            enabled: 0,
            started: false,
            cut: false,
            diverged: false,
        }
    }

    fn node(&mut self, point: &Point<'_>) -> Node {
        let eligible = self.fairness.eligible(self.enabled);
        self.cut |= eligible != self.enabled;
        let continues = point
            .current
            .is_some_and(|current| eligible & current.bit() != 0 && can_go(point.choices, current));
        let choices = Fairness::by_expectation(point.choices, point.current)
            .into_iter()
            .filter(|choice| eligible & choice.thread.bit() != 0)
            .map(|choice| {
                let interrupts = match choice.way {
                    Way::Go(_) => continues && Some(choice.thread) != point.current,
                    // Time passes by itself.
                    Way::Expire => false,
                    Way::Spurious => true,
                };
                (choice, u32::from(interrupts))
            })
            .filter(|(_, cost)| self.used + cost <= self.bound)
            .collect();
        Node { choices, taken: 0 }
    }
}

/// Whether `thread` can go on as it asked.
pub(super) fn can_go(choices: &[Choice], thread: ThreadId) -> bool {
    choices
        .iter()
        .any(|choice| choice.thread == thread && matches!(choice.way, Way::Go(_)))
}

impl Scheduler for Bounded {
    fn pick(&mut self, point: &Point<'_>) -> Pick {
        self.enabled = threads(point.choices);
        if self.depth == self.path.len() {
            let node = self.node(point);
            self.path.push(node);
        }
        let node = &self.path[self.depth];
        let Some((choice, cost)) = node.choices.get(node.taken).copied() else {
            // Only a spurious awakening is left, beyond the bound: nobody else can go on.
            return Pick::Abandon;
        };
        let Some(index) = point.choices.iter().position(|open| *open == choice) else {
            self.diverged = true;
            return Pick::Abandon;
        };
        self.used += cost;
        self.depth += 1;
        Pick::Take(index)
    }

    fn stepped(&mut self, step: &Step<'_>) {
        self.fairness.stepped(step.choice.thread, step.futile);
    }
}

impl Search for Bounded {
    fn begin(&mut self) -> bool {
        if self.started {
            while let Some(node) = self.path.last_mut() {
                node.taken += 1;
                if node.taken < node.choices.len() {
                    break;
                }
                self.path.pop();
            }
            if self.path.is_empty() {
                return false;
            }
        }
        self.started = true;
        self.depth = 0;
        self.used = 0;
        self.fairness = Fairness::new();
        true
    }

    fn ended(&mut self, _ending: &Ending) {}

    fn cut(&self) -> bool {
        self.cut
    }

    fn diverged(&self) -> bool {
        self.diverged
    }
}
