//! What an execution keeps per thread.

use std::{any::Any, ops::Range, sync::Arc};

use super::{
    Loc, ObjectId, Ready, ThreadId, Way,
    coroutine::{Exit, Fiber},
    execution::{Clock, Execution},
    object::State,
    step::Pending,
};
use crate::Error;

pub(crate) struct Thread {
    pub(crate) fiber: Option<Fiber>,
    pub(crate) exit: Option<Exit>,
    pub(crate) pending: Option<Pending>,
    /// How the thread goes on: the scheduler's answer to its last pending operation.
    pub(crate) chosen: Way,
    /// Whether its closure has returned, or panicked; its thread-local values may still be there.
    pub(crate) returned: bool,
    pub(crate) finished: bool,
    pub(crate) name: Option<Arc<str>>,
    pub(crate) lineage: Vec<u32>,
    pub(crate) spawned: Loc,
    pub(crate) children: u32,
    /// Touched when the thread ends and by who joins it.
    pub(crate) life: ObjectId,
    /// Touched by `park` and `unpark`.
    pub(crate) parking: ObjectId,
    pub(crate) token: bool,
    /// Touched by whoever wakes the thread from a condition variable, and by its waking.
    pub(crate) signal: ObjectId,
    pub(crate) notified: bool,
    pub(crate) spurious_left: u32,
    /// How many panics are unwinding it. The real count cannot tell one thread from another here.
    pub(crate) panics: u32,
    pub(crate) clock: Clock,
    /// When it did declared work: from and to, on its logical clock.
    pub(crate) busy: Vec<Range<u64>>,
    /// Looks since the thread last changed something.
    pub(crate) seen: Vec<Look>,
    /// Thread-local values, in the order of their creation.
    pub(crate) locals: Vec<Local>,
}

/// A thread-local value.
pub(crate) struct Local {
    /// The address of its key.
    pub(crate) key: usize,
    /// `None` once destroyed.
    pub(crate) value: Option<Box<dyn Any>>,
    /// Whether its end can be noticed.
    pub(crate) needs_drop: bool,
}

impl Drop for Thread {
    /// The values of a thread that did not come to its end are forgotten, as is what it had on its stack: their destructors
    /// are the learner's code, and there is no execution any more for it to run in.
    fn drop(&mut self) {
        self.locals.drain(..).for_each(std::mem::forget);
    }
}

pub(crate) struct Look {
    object: Option<ObjectId>,
    location: Loc,
    version: u32,
    repeats: u32,
}

impl Thread {
    /// The thread does declared work.
    pub(crate) fn work(&mut self, units: u64) {
        let from = self.clock.work;
        self.clock.work = from.saturating_add(units);
        match self.busy.last_mut().filter(|last| last.end == from) {
            Some(last) => last.end = self.clock.work,
            None => self.busy.push(from..self.clock.work),
        }
    }

    /// Notes that the thread looks at `object`; gives how often it has done so and found the same.
    pub(crate) fn look(&mut self, object: Option<ObjectId>, location: Loc, version: u32) -> u32 {
        let known = self
            .seen
            .iter_mut()
            .find(|look| look.object == object && look.location == location);
        match known {
            Some(look) if look.version == version => look.repeats += 1,
            Some(look) => (look.version, look.repeats) = (version, 0),
            None => self.seen.push(Look {
                object,
                location,
                version,
                repeats: 0,
            }),
        }
        self.seen
            .iter()
            .find(|look| look.object == object && look.location == location)
            .map_or(0, |look| look.repeats)
    }
}

impl Execution {
    /// Adds a thread that will run `body` when the spawning thread next suspends.
    pub(crate) fn add_thread(
        &mut self,
        name: Option<Arc<str>>,
        spawned: Loc,
        body: Box<dyn FnOnce(Exit)>,
    ) -> Result<ThreadId, Error> {
        if self.threads.len() == super::MAX_THREADS {
            return Err(Error::TooManyThreads);
        }
        let id = ThreadId(u8::try_from(self.threads.len()).expect("bounded by MAX_THREADS"));
        let (lineage, clock) = match self.threads.get_mut(self.running.index()) {
            None => (Vec::new(), Clock::default()),
            Some(parent) => {
                let mut lineage = parent.lineage.clone();
                lineage.push(parent.children);
                parent.children += 1;
                (lineage, parent.clock)
            }
        };
        let thread = Thread {
            fiber: Some(Fiber::new(body).map_err(Error::NoStack)?),
            exit: None,
            pending: None,
            chosen: Way::Go(0),
            returned: false,
            finished: false,
            name,
            lineage,
            spawned,
            children: 0,
            life: self.add_object("thread", spawned, State::Value),
            parking: self.add_object("park token", spawned, State::Value),
            token: false,
            signal: self.add_object("signal", spawned, State::Value),
            notified: false,
            spurious_left: self.limits.spurious,
            panics: 0,
            clock,
            busy: Vec::new(),
            seen: Vec::new(),
            locals: Vec::new(),
        };
        self.threads.push(thread);
        self.fresh.push_back(id);
        self.spawned.push(id);
        self.last_progress = self.step;
        Ok(id)
    }

    /// Which ways are open to a thread now.
    pub(crate) fn ready(&self, thread: ThreadId) -> Ready {
        match &self.threads[thread.index()].pending {
            Some(pending) => pending.ready(self),
            None => Ready::BLOCKED,
        }
    }
}
