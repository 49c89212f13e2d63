//! Exhaustive search with dynamic partial-order reduction: of the schedules that differ only in the order of steps
//! that commute, one is enough.
//!
//! The search is source-set DPOR (Abdulla, Aronis, Jonsson, Sagonas, *Optimal dynamic partial order reduction*, 2014)
//! with sleep sets (Godefroid 1996). A race is a pair of dependent steps, one of which could have come first; for
//! each race that an execution shows, some step that begins the other order is put down for later at the point before it.
//! Beyond the paper, a thread may go on in several ways:
//!
//! - all ways of a thread are explored where one is;
//! - a step that changes which ways another thread has (takes the lock that it wants, wakes it before its time is over) is in a
//!   race with it, whichever way it takes in the end;
//! - a thread that is blocked for ever races with what it is blocked by.

use std::collections::HashSet;

use super::{
    Search,
    fairness::{Fairness, threads},
    order::{Clock, Order, before},
};
use crate::{
    engine::{Access, Choice, End, Ending, Pick, Point, Scheduler, Step, ThreadId, dependent, reversible},
    faults::{Fault, planted},
};

pub(crate) struct Exhaustive {
    path: Vec<Node>,
    /// The steps of the execution, one per node.
    order: Order,
    /// The classes of the executions that were run to their ends.
    classes: HashSet<u64>,
    depth: usize,
    fairness: Fairness,
    enabled: u64,
    started: bool,
    cut: bool,
    diverged: bool,
}

/// A point of choice on the way to the execution under way.
struct Node {
    choices: Vec<Choice>,
    enabled: u64,
    eligible: u64,
    /// Threads to explore from here.
    backtrack: u64,
    done: u64,
    /// Threads whose steps lead nowhere new until something that they touch changes.
    sleep: Vec<(ThreadId, Vec<Access>)>,
    /// The thread that is being explored, its ways, and what they touch.
    ways: Vec<Choice>,
    way: usize,
    footprint: Vec<Access>,
}

impl Exhaustive {
    pub(crate) fn new() -> Self {
        Exhaustive {
            path: Vec::new(),
            order: Order::default(),
            classes: HashSet::new(),
            depth: 0,
            fairness: Fairness::new(),
            enabled: 0,
            started: false,
            cut: false,
            diverged: false,
        }
    }

    /// A point that has not been reached before; `None` if nothing new can come of it.
    fn node(&mut self, point: &Point<'_>) -> Option<Node> {
        let sleep = match (self.path.last(), self.order.events.last()) {
            (Some(parent), Some(event)) => parent
                .sleep
                .iter()
                .filter(|(thread, footprint)| {
                    *thread != event.thread
                        && (planted(Fault::SleepForever) || !dependent(footprint, &event.accesses))
                })
                .cloned()
                .collect(),
            _ => Vec::new(),
        };
        let enabled = self.enabled;
        let eligible = self.fairness.eligible(enabled);
        let mut node = Node {
            choices: point.choices.to_vec(),
            enabled,
            eligible,
            backtrack: 0,
            done: 0,
            sleep,
            ways: Vec::new(),
            way: 0,
            footprint: Vec::new(),
        };
        let asleep = node.asleep();
        let first = Fairness::by_expectation(point.choices, point.current)
            .into_iter()
            .find(|choice| (eligible & !asleep) & choice.thread.bit() != 0);
        let Some(first) = first else {
            // Those that may go on lead nowhere new; those that would must not, to be fair.
            self.cut |= enabled & !asleep != 0;
            return None;
        };
        node.explore(first.thread);
        Some(node)
    }

    /// Whether an execution of this class was run.
    pub(crate) fn has_seen(&self, class: u64) -> bool {
        self.classes.contains(&class)
    }

    /// Threads that can take no step race with what they are blocked by, as if they took it.
    fn blocked_race(&mut self, blocked: &[(ThreadId, Vec<Access>)]) {
        if planted(Fault::IgnoreBlocked) {
            return;
        }
        for (thread, wants) in blocked {
            let clock = self.order.clock_before(*thread, wants);
            self.races(*thread, wants, &clock);
        }
    }

    /// Puts down the other order of every race between `thread`'s step, which touches `accesses`, and the steps before.
    fn races(&mut self, thread: ThreadId, accesses: &[Access], clock: &Clock) {
        let past = self.order.clock_of(thread);
        let arrived = self.order.arrived(thread);
        let mut racing: Vec<usize> = Vec::new();
        for index in (0..self.order.events.len()).rev() {
            let event = &self.order.events[index];
            if event.thread == thread
                || before(index, event.thread, &past)
                || !dependent(&event.accesses, accesses)
                || !reversible(&event.accesses, accesses)
                || (planted(Fault::LocksNeverRace)
                    && accesses.len() == 1
                    && accesses[0].mode != crate::Mode::Write)
            {
                continue;
            }
            // It already wanted this step and could not take it until the earlier step made it possible.
            let waited = arrived.is_none_or(|arrived| arrived < index);
            let able = |index: usize| {
                self.path
                    .get(index)
                    .is_some_and(|node| node.enabled & thread.bit() != 0)
            };
            if waited && !able(index) && able(index + 1) {
                continue;
            }
            // Where a later step stands between, its race comes first; this one shows once that is turned round.
            if racing
                .iter()
                .any(|later| before(index, event.thread, &self.order.events[*later].clock))
            {
                continue;
            }
            racing.push(index);
            if planted(Fault::OneRaceOnly) {
                break;
            }
        }
        for index in racing {
            self.put_down(index, thread, clock);
        }
    }

    /// Sees to it that from the point before step `index` some execution is explored in which `thread`'s step, which has
    /// this clock, comes before that step.
    fn put_down(&mut self, index: usize, thread: ThreadId, clock: &Clock) {
        let first = &self.order.events[index];
        // The steps that do not depend on the first one, and which threads can begin with theirs.
        let mut independent: Vec<usize> = Vec::new();
        let mut seen = 0;
        let mut initials = 0;
        for later in index + 1..self.order.events.len() {
            let event = &self.order.events[later];
            if before(index, first.thread, &event.clock) {
                continue;
            }
            if seen & event.thread.bit() == 0 {
                seen |= event.thread.bit();
                let leads = independent
                    .iter()
                    .all(|k| !before(*k, self.order.events[*k].thread, &event.clock));
                if leads || planted(Fault::AnyoneBegins) {
                    initials |= event.thread.bit();
                }
            }
            independent.push(later);
        }
        if seen & thread.bit() == 0
            && independent
                .iter()
                .all(|k| !before(*k, self.order.events[*k].thread, clock))
        {
            initials |= thread.bit();
        }
        let node = &mut self.path[index];
        if initials & (node.backtrack | node.asleep()) != 0 {
            return;
        }
        let possible = initials & node.enabled;
        node.backtrack |= if possible & thread.bit() != 0 {
            thread.bit()
        } else if possible != 0 {
            possible & possible.wrapping_neg()
        } else {
            node.enabled
        };
    }

    /// Threads whose ways differ before and after the last step race with it.
    fn changed_ways(&mut self, after: &[Choice]) {
        let (Some(event), Some(node)) = (self.order.events.last(), self.path.last_mut()) else {
            return;
        };
        let asleep = node.asleep();
        if planted(Fault::WaysNeverChange) {
            return;
        }
        let candidates = node.enabled & !node.backtrack & !asleep & !event.thread.bit();
        for thread in (0..64)
            .map(ThreadId)
            .filter(|thread| candidates & thread.bit() != 0)
        {
            let of_thread = |choice: &&Choice| choice.thread == thread;
            if !node
                .choices
                .iter()
                .filter(of_thread)
                .eq(after.iter().filter(of_thread))
            {
                node.backtrack |= thread.bit();
            }
        }
    }
}

impl Node {
    fn asleep(&self) -> u64 {
        self.sleep.iter().fold(0, |set, (thread, _)| set | thread.bit())
    }

    fn explore(&mut self, thread: ThreadId) {
        self.backtrack |= thread.bit();
        self.ways = self
            .choices
            .iter()
            .copied()
            .filter(|choice| choice.thread == thread)
            .collect();
        if planted(Fault::FirstWayOnly) {
            self.ways.truncate(1);
        }
        self.way = 0;
        self.footprint.clear();
    }

    /// Goes on to what is to be explored next from here; `false` if nothing is left. Sets `cut` if something that was
    /// put down would be unfair.
    fn advance(&mut self, cut: &mut bool) -> bool {
        self.way += 1;
        if self.way < self.ways.len() {
            return true;
        }
        let thread = self.ways[0].thread;
        self.done |= thread.bit();
        self.sleep.push((thread, std::mem::take(&mut self.footprint)));
        let left = self.backtrack & !self.done & !self.asleep();
        *cut |= left & !self.eligible != 0;
        let next = left & self.eligible;
        if next == 0 {
            return false;
        }
        self.explore(ThreadId(next.trailing_zeros() as u8));
        true
    }
}

impl Scheduler for Exhaustive {
    fn pick(&mut self, point: &Point<'_>) -> Pick {
        self.enabled = threads(point.choices);
        if self.depth == self.path.len() {
            self.changed_ways(point.choices);
            let Some(node) = self.node(point) else {
                self.blocked_race(&point.blocked());
                return Pick::Abandon;
            };
            self.path.push(node);
        }
        let node = &self.path[self.depth];
        let choice = node.ways[node.way];
        let Some(index) = point.choices.iter().position(|open| *open == choice) else {
            self.diverged = true;
            return Pick::Abandon;
        };
        self.depth += 1;
        Pick::Take(index)
    }

    fn stepped(&mut self, step: &Step<'_>) {
        let thread = step.choice.thread;
        self.fairness.stepped(thread, step.futile);
        let index = self.depth - 1;
        if index < self.order.events.len() {
            self.diverged |= self.order.events[index].accesses != step.accesses;
            self.order.pass(index);
            return;
        }
        let clock = self.order.clock_before(thread, step.accesses);
        self.races(thread, step.accesses, &clock);
        let node = self.path.last_mut().expect("a step has a node");
        for access in step.accesses {
            if !node.footprint.contains(access) {
                node.footprint.push(*access);
            }
        }
        self.order.push(step, clock);
    }
}

impl Search for Exhaustive {
    fn begin(&mut self) -> bool {
        if self.started {
            loop {
                let Some(node) = self.path.last_mut() else {
                    return false;
                };
                if node.advance(&mut self.cut) {
                    break;
                }
                self.path.pop();
            }
        }
        self.order.restart(self.path.len().saturating_sub(1));
        self.started = true;
        self.depth = 0;
        self.fairness = Fairness::new();
        true
    }

    fn ended(&mut self, ending: &Ending) {
        if matches!(ending.end, End::Abandoned) {
            return;
        }
        if !ending.truncated {
            self.changed_ways(&[]);
        }
        let blocked: Vec<_> = ending
            .blocked
            .iter()
            .map(|blocked| (blocked.thread, blocked.wants.clone()))
            .collect();
        self.blocked_race(&blocked);
        self.classes.insert(self.order.class(&ending.trace.threads));
    }

    fn cut(&self) -> bool {
        self.cut
    }

    fn diverged(&self) -> bool {
        self.diverged
    }
}
