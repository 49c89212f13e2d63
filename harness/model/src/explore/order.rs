//! Which steps of an execution happened before which; and what an execution is, but for the order of steps that commute.

use std::hash::{DefaultHasher, Hash, Hasher};

use crate::engine::{Access, Step, ThreadId, ThreadInfo, Way, dependent};

/// A step that was taken.
pub(super) struct Event {
    pub(super) thread: ThreadId,
    way: Way,
    pub(super) accesses: Vec<Access>,
    spawned: Vec<ThreadId>,
    /// By thread: how much of the execution happened before this step, up to that thread's last such step
    /// (its index plus one).
    pub(super) clock: Clock,
}

pub(super) type Clock = Vec<usize>;

/// The steps of an execution, in the order in which they were taken.
#[derive(Default)]
pub(super) struct Order {
    pub(super) events: Vec<Event>,
    /// By thread: its last step, and the step that spawned it.
    last: Vec<Option<usize>>,
    spawned_by: Vec<Option<usize>>,
}

/// Whether step `index` of `thread` happened before what has this clock.
pub(super) fn before(index: usize, thread: ThreadId, clock: &Clock) -> bool {
    clock.get(thread.index()).is_some_and(|known| *known > index)
}

fn join(clock: &mut Clock, other: &Clock) {
    if clock.len() < other.len() {
        clock.resize(other.len(), 0);
    }
    for (mine, theirs) in clock.iter_mut().zip(other) {
        *mine = (*mine).max(*theirs);
    }
}

impl Order {
    /// Goes back to before the first step; the first `kept` are known to come again.
    pub(super) fn restart(&mut self, kept: usize) {
        self.events.truncate(kept);
        self.last.clear();
        self.spawned_by.clear();
    }

    /// A step is taken that had not been, with the clock of what came before it.
    pub(super) fn push(&mut self, step: &Step<'_>, mut clock: Clock) {
        let (index, thread) = (self.events.len(), step.choice.thread);
        if clock.len() <= thread.index() {
            clock.resize(thread.index() + 1, 0);
        }
        clock[thread.index()] = index + 1;
        self.events.push(Event {
            thread,
            way: step.choice.way,
            accesses: step.accesses.to_vec(),
            spawned: step.spawned.to_vec(),
            clock,
        });
        self.pass(index);
    }

    /// A known step is taken again.
    pub(super) fn pass(&mut self, index: usize) {
        let event = &self.events[index];
        for thread in event.spawned.iter().chain([&event.thread]) {
            let length = self.last.len().max(thread.index() + 1);
            self.last.resize(length, None);
            self.spawned_by.resize(length, None);
        }
        for thread in &event.spawned {
            self.spawned_by[thread.index()] = Some(index);
        }
        self.last[event.thread.index()] = Some(index);
    }

    /// The step after which `thread` came to its next one.
    pub(super) fn arrived(&self, thread: ThreadId) -> Option<usize> {
        let last = self.last.get(thread.index()).copied().flatten();
        last.or_else(|| self.spawned_by.get(thread.index()).copied().flatten())
    }

    /// The clock of `thread` before its next step.
    pub(super) fn clock_of(&self, thread: ThreadId) -> Clock {
        self.arrived(thread)
            .map_or_else(Clock::new, |index| self.events[index].clock.clone())
    }

    /// The clock of a step of `thread` that touches `accesses`, but for the step itself.
    pub(super) fn clock_before(&self, thread: ThreadId, accesses: &[Access]) -> Clock {
        let mut clock = self.clock_of(thread);
        for event in &self.events {
            if event.thread != thread && dependent(&event.accesses, accesses) {
                join(&mut clock, &event.clock);
            }
        }
        clock
    }

    /// A number for the class of the execution (Mazurkiewicz 1977): the same for all that have the same steps and the same
    /// order between those that do not commute, whatever the threads are numbered in them.
    pub(super) fn class(&self, threads: &[ThreadInfo]) -> u64 {
        let names: Vec<u64> = threads.iter().map(|thread| hashed(&thread.lineage)).collect();
        let mut taken = vec![0_u32; threads.len()];
        // By step: which step of its thread it is.
        let mut places = Vec::with_capacity(self.events.len());
        let mut class = 0_u64;
        for event in &self.events {
            let own = &mut taken[event.thread.index()];
            *own += 1;
            places.push(*own);
            let mut past = 0_u64;
            for (name, known) in names.iter().zip(&event.clock) {
                if *known > 0 {
                    past = past.wrapping_add(hashed(&(name, places[*known - 1])));
                }
            }
            class = class.wrapping_add(hashed(&(names[event.thread.index()], event.way, past)));
        }
        class
    }
}

fn hashed(value: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}
