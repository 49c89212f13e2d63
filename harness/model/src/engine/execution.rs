//! The state of the one execution that runs on this operating-system thread.

use std::{
    cell::{Cell, RefCell},
    collections::VecDeque,
    sync::atomic::{AtomicU32, Ordering::Relaxed},
    time::Duration,
};

use super::{
    Access, Event, Loc, Mode, ObjectId, Panic, ThreadId,
    object::{Entry, State},
    statics::Statics,
    thread::Thread,
};
use crate::{
    Error,
    faults::{Fault, planted},
};

/// Bounds of one execution. All are counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The most steps; an execution that takes more is called a livelock or endless.
    pub steps: u32,
    /// The most steps of threads that outlive the scenario.
    pub steps_after_end: u32,
    /// How often each thread may wake spuriously from a condition variable.
    pub spurious: u32,
    /// How often a thread may look at the same place again without finding anything new before it is
    /// taken for a spin loop and others go first.
    pub patience: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            steps: 10_000,
            steps_after_end: 1_000,
            spurious: 0,
            patience: 3,
        }
    }
}

/// A thread's logical clocks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Clock {
    /// Units of declared work on the longest path that led here.
    pub(crate) work: u64,
    /// Virtual time. It moves when a thread sleeps or a wait expires, and travels with synchronisation, so that
    /// what happens later never reads an earlier time.
    pub(crate) time: Duration,
}

/// The clocks that an object hands from thread to thread.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct ObjectClock {
    /// Of those who changed it.
    changed: Clock,
    /// Of those who looked at it.
    looked: Clock,
    /// Of those who took or gave a share.
    shared: Clock,
}

impl ObjectClock {
    /// A thread touches the object: it learns what others have left here, and leaves its own. Steps that commute, looks among
    /// themselves and shares among themselves, learn nothing of each other: else their order could be seen.
    fn exchange(&mut self, thread: &mut Clock, mode: Mode) {
        let shares =
            matches!(mode, Mode::AcquireShared | Mode::ReleaseShared) && !planted(Fault::ReadersShareClocks);
        let looks = mode == Mode::Read;
        // To give something back does not make a thread wait, however late it is elsewhere.
        let gives = matches!(mode, Mode::Release | Mode::ReleaseShared);
        let left = [
            Some(self.changed),
            (!looks).then_some(self.looked),
            (!shares).then_some(self.shared),
        ];
        for clock in left.into_iter().flatten() {
            thread.time = thread.time.max(clock.time);
            if !gives {
                thread.work = thread.work.max(clock.work);
            }
        }
        let own = match (looks, shares) {
            (true, _) => &mut self.looked,
            (_, true) => &mut self.shared,
            _ => &mut self.changed,
        };
        own.time = own.time.max(thread.time);
        // Who only looks or takes a share hands no work on.
        if !looks && (!shares || gives) {
            own.work = own.work.max(thread.work);
        }
    }
}

pub(crate) struct Execution {
    pub(crate) epoch: u32,
    pub(crate) limits: Limits,
    pub(crate) threads: Vec<Thread>,
    pub(crate) objects: Vec<Entry>,
    pub(crate) running: ThreadId,
    /// Threads that were spawned and have not run up to their first operation.
    pub(crate) fresh: VecDeque<ThreadId>,
    /// What the step under way has touched.
    pub(crate) accesses: Vec<Access>,
    /// Threads that the step under way has spawned.
    pub(crate) spawned: Vec<ThreadId>,
    /// Whether the step under way only looked at what its thread had seen before.
    pub(crate) futile: bool,
    pub(crate) step: usize,
    /// The last step that changed something.
    pub(crate) last_progress: usize,
    pub(crate) work: u64,
    pub(crate) panics: Vec<Panic>,
    /// The trace, while one is kept.
    pub(crate) events: Option<Vec<Event>>,
    pub(crate) statics: Statics,
    pub(crate) fault: Option<Error>,
    pub(crate) scenario_panicked: bool,
    /// Whether an ordering weaker than `SeqCst` was asked for.
    pub(crate) weak_orderings: bool,
    /// Whether a thread did something that may end for no reason: waited, parked, exchanged weakly.
    pub(crate) may_wake_spuriously: bool,
    /// Whether something was decided by a count of references, which leaves no footprint.
    pub(crate) unsure: bool,
    /// How often code did something of which it matters when, or on which thread, it is done: touched an object, asked who it
    /// is, used a local.
    pub(crate) deeds: u64,
}

thread_local! {
    static CURRENT: RefCell<Option<Execution>> = const { RefCell::new(None) };
    /// Whether the code that runs now is a model thread's, and not the scheduler's.
    static INSIDE: Cell<bool> = const { Cell::new(false) };
}

/// Whether the calling code runs in a model thread. Outside, the primitives are the real ones.
pub(crate) fn active() -> bool {
    INSIDE.try_with(Cell::get).unwrap_or(false)
}

pub(crate) fn set_active(inside: bool) {
    INSIDE.set(inside);
}

/// Looks at or changes the running execution. `f` must not run a learner's code nor suspend.
pub(crate) fn with<R>(f: impl FnOnce(&mut Execution) -> R) -> R {
    CURRENT.with_borrow_mut(|current| f(current.as_mut().expect("only called while an execution runs")))
}

/// Makes `execution` the current one.
pub(crate) fn begin(execution: Execution) -> Result<(), Error> {
    CURRENT.with_borrow_mut(|current| {
        if current.is_some() {
            return Err(Error::Nested);
        }
        *current = Some(execution);
        Ok(())
    })
}

/// Takes the current execution away.
pub(crate) fn end() -> Execution {
    CURRENT
        .take()
        .expect("only called by the loop that began the execution")
}

impl Execution {
    pub(crate) fn new(limits: Limits, recording: bool) -> Self {
        static EPOCH: AtomicU32 = AtomicU32::new(1);
        Execution {
            epoch: EPOCH.fetch_add(1, Relaxed),
            limits,
            threads: Vec::new(),
            objects: Vec::new(),
            running: ThreadId::ROOT,
            fresh: VecDeque::new(),
            accesses: Vec::new(),
            spawned: Vec::new(),
            futile: false,
            step: 0,
            last_progress: 0,
            work: 0,
            panics: Vec::new(),
            events: recording.then(Vec::new),
            statics: Statics::default(),
            fault: None,
            scenario_panicked: false,
            weak_orderings: false,
            may_wake_spuriously: false,
            unsure: false,
            deeds: 0,
        }
    }

    pub(crate) fn add_object(&mut self, kind: &'static str, created: Loc, state: State) -> ObjectId {
        let id = ObjectId(u32::try_from(self.objects.len()).expect("steps are bounded, and so are objects"));
        self.objects.push(Entry {
            kind,
            created,
            state,
            version: 0,
            clock: ObjectClock::default(),
        });
        id
    }

    pub(crate) fn thread(&mut self) -> &mut Thread {
        &mut self.threads[self.running.index()]
    }

    pub(crate) fn state(&self, object: ObjectId) -> &State {
        &self.objects[object.0 as usize].state
    }

    pub(crate) fn state_mut(&mut self, object: ObjectId) -> &mut State {
        &mut self.objects[object.0 as usize].state
    }

    /// The running step touches `object`: it goes into the step's footprint, and clocks are exchanged.
    pub(crate) fn touch(&mut self, object: ObjectId, mode: Mode) {
        self.deeds += 1;
        if crate::faults::drops_footprint(mode) {
            return;
        }
        let access = Access { object, mode };
        if !self.accesses.contains(&access) {
            self.accesses.push(access);
        }
        let thread = &mut self.threads[self.running.index()].clock;
        self.objects[object.0 as usize].clock.exchange(thread, mode);
    }

    /// The running step changed `object`: whoever looks at it again finds something new.
    pub(crate) fn progress(&mut self, object: ObjectId) {
        self.objects[object.0 as usize].version += 1;
        self.last_progress = self.step;
        self.thread().seen.clear();
    }

    /// The running step looked at `object` from `location` and changed nothing. Gives how often it has done so
    /// already without anything new.
    pub(crate) fn observe(&mut self, object: Option<ObjectId>, location: Loc) -> u32 {
        let version = object.map_or(0, |object| self.objects[object.0 as usize].version);
        let repeats = self.threads[self.running.index()].look(object, location, version);
        if repeats > self.limits.patience {
            self.futile = true;
        }
        repeats
    }

    /// Adds an event to the trace, if one is kept, and gives it for the details.
    pub(crate) fn record(
        &mut self,
        op: &'static str,
        object: Option<ObjectId>,
        location: Loc,
    ) -> Option<&mut Event> {
        let time = self.threads[self.running.index()].clock.time;
        let events = self.events.as_mut()?;
        events.push(Event {
            step: self.step,
            thread: self.running,
            op,
            object,
            read: None,
            wrote: None,
            threads: Vec::new(),
            note: None,
            source: location.into(),
            time,
        });
        events.last_mut()
    }
}
