//! Whose turn it is: the state that root, gates and wakers of one execution share.

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    task::Waker,
    time::Duration,
};

use super::stack::Stack;
use crate::engine::Source;

/// The scenario's own task.
pub(super) const ROOT: u32 = 0;

/// The most stacks that are kept of one step: a task that waits for many things at once.
const STACKS_CAP: usize = 4;

/// A task of an execution.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaskInfo {
    /// Where it was spawned; `None` for the scenario's own.
    pub spawned: Option<Source>,
}

/// One turn of a task: what it did from where it was resumed until it waited again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The task, by its number.
    pub task: u32,
    /// The loop's own time.
    pub at: Duration,
    /// How the turn ended.
    pub until: Until,
}

/// How a turn ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Until {
    /// The task waits, at these places.
    Waits(Vec<Stack>),
    /// It is over.
    Ended,
    /// It panicked, and is over.
    Panicked,
}

/// A task that could go on.
struct Ready {
    task: u32,
    /// Wakes it, for its turn; the root is polled by itself.
    waker: Option<Waker>,
    /// Who goes first, because this one gave way.
    after: Vec<u32>,
}

/// Which choices an execution is to make.
#[derive(Clone)]
pub(super) enum Asked {
    /// These, then always the one that was woken first.
    Exactly(Vec<u32>),
    /// Any, from this state of a generator.
    Random(u64),
}

impl Default for Asked {
    fn default() -> Self {
        Asked::Exactly(Vec::new())
    }
}

impl Asked {
    /// The choice number `index`, of `count`.
    fn at(&mut self, index: usize, count: u32) -> u32 {
        match self {
            Asked::Exactly(choices) => choices.get(index).copied().unwrap_or(0),
            Asked::Random(state) => {
                // Marsaglia, "Xorshift RNGs", 2003: the triple 13, 7, 17.
                *state ^= *state << 13;
                *state ^= *state >> 7;
                *state ^= *state << 17;
                u32::try_from((*state >> 16) % u64::from(count.max(1))).unwrap_or(0)
            }
        }
    }
}

/// What one execution has come to.
#[derive(Default)]
pub(super) struct Execution {
    pub(super) tasks: Vec<TaskInfo>,
    pub(super) steps: Vec<Step>,
    /// At each choice: which of the tasks that could go on did, and how many they were.
    pub(super) choices: Vec<(u32, u32)>,
    /// Whether the choices that were asked for could not be made.
    pub(super) diverged: bool,
    /// Whether a task was dropped that had not ended: in whichever order, nobody chose.
    pub(super) cancelled: bool,
    /// Whether there were more steps than the bound.
    pub(super) endless: bool,
    asked: Asked,
    bound: usize,
    watched: bool,
    ready: Vec<Ready>,
    turn: Option<u32>,
    running: Option<u32>,
    /// Who had the last turn, unless the loop was idle since: if it could go on now, it has woken itself.
    last: Option<u32>,
    stacks: Vec<Stack>,
    settled: bool,
    root: Option<Waker>,
    over: bool,
}

/// The state of one execution, shared.
#[derive(Clone, Default)]
pub(super) struct Turns(Arc<Mutex<Execution>>);

/// What the root has to do.
pub(super) enum Next {
    /// Wait until it is polled again.
    Wait,
    /// Run the scenario's own task.
    Own,
    /// Stop: the execution has more steps than it may have.
    Stop,
}

thread_local! {
    static CURRENT: std::cell::RefCell<Option<Turns>> = const { std::cell::RefCell::new(None) };
}

impl Turns {
    /// An execution that makes the choices `asked`.
    pub(super) fn new(asked: Asked, bound: usize, watched: bool) -> Turns {
        let turns = Turns::default();
        {
            let mut execution = turns.lock();
            execution.asked = asked;
            execution.bound = bound;
            execution.watched = watched;
            execution.tasks.push(TaskInfo { spawned: None });
        }
        turns
    }

    /// The execution that this thread is in.
    pub(super) fn current() -> Option<Turns> {
        CURRENT.with_borrow(Option::clone)
    }

    /// Runs `body` as this execution.
    pub(super) fn during<R>(&self, body: impl FnOnce() -> R) -> R {
        /// Ends it, also where the body unwinds.
        struct Leave;
        impl Drop for Leave {
            fn drop(&mut self) {
                CURRENT.set(None);
            }
        }
        CURRENT.set(Some(self.clone()));
        let _leave = Leave;
        body()
    }

    pub(super) fn lock(&self) -> MutexGuard<'_, Execution> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A new task's number.
    pub(super) fn spawned(&self, at: Source) -> u32 {
        let mut execution = self.lock();
        execution.tasks.push(TaskInfo { spawned: Some(at) });
        u32::try_from(execution.tasks.len() - 1).unwrap_or(u32::MAX)
    }

    /// `task` says that it could go on; `waker` is how to have it polled.
    pub(super) fn could_go_on(&self, task: u32, waker: Option<Waker>) {
        let mut execution = self.lock();
        if execution.over {
            return;
        }
        if let Some(ready) = execution.ready.iter_mut().find(|ready| ready.task == task) {
            ready.waker = waker;
            return;
        }
        let gives_way = execution.running.or(execution.last) == Some(task);
        let others = execution.ready.iter().filter(|_| gives_way);
        let after = others.map(|ready| ready.task).collect();
        execution.ready.push(Ready { task, waker, after });
        execution.settled = false;
        wake(execution);
    }

    /// Whether it is the turn of `task`, which begins with this.
    pub(super) fn begins(&self, task: u32) -> bool {
        let mut execution = self.lock();
        if execution.turn != Some(task) || execution.running.is_some() {
            return false;
        }
        execution.begin(task);
        true
    }

    /// The turn of the task that runs is over.
    pub(super) fn ends(&self, until: Until, at: Duration) {
        let mut execution = self.lock();
        execution.turn = None;
        execution.settled = false;
        execution.last = execution.running.take();
        if let Some(task) = execution.last {
            let until = match until {
                Until::Waits(_) => Until::Waits(std::mem::take(&mut execution.stacks)),
                other => other,
            };
            if execution.steps.len() < execution.bound {
                execution.steps.push(Step { task, at, until });
            }
        }
        wake(execution);
    }

    /// `task` is dropped.
    pub(super) fn dropped(&self, task: u32, ended: bool) {
        let mut execution = self.lock();
        if execution.over {
            return;
        }
        execution.cancelled |= !ended;
        execution.ready.retain(|ready| ready.task != task);
        execution.forget(task);
        if execution.turn == Some(task) && execution.running != Some(task) {
            execution.turn = None;
        }
        execution.settled = false;
        wake(execution);
    }

    /// Somebody keeps the means to wake the task that runs.
    pub(super) fn awaits(&self, task: u32) {
        let mut execution = self.lock();
        if execution.watched && execution.running == Some(task) && execution.stacks.len() < STACKS_CAP {
            execution.stacks.push(super::stack::here());
        }
    }

    /// What the root has to do, which `root` wakes.
    pub(super) fn next(&self, root: &Waker) -> Next {
        let mut execution = self.lock();
        if !execution.root.as_ref().is_some_and(|known| known.will_wake(root)) {
            execution.root = Some(root.clone());
        }
        if execution.turn.is_some() {
            return Next::Wait;
        }
        if !execution.settled {
            // The loop's queue is run empty once more: somebody may be in it who has not said so yet.
            execution.settled = true;
            wake(execution);
            return Next::Wait;
        }
        if execution.ready.is_empty() {
            execution.last = None;
            return Next::Wait;
        }
        if execution.choices.len() >= execution.bound {
            execution.endless = true;
            return Next::Stop;
        }
        let Ready { task, waker, .. } = execution.choose();
        execution.forget(task);
        execution.turn = Some(task);
        execution.settled = false;
        match waker {
            Some(waker) => {
                drop(execution);
                waker.wake();
                Next::Wait
            }
            None => {
                execution.begin(task);
                Next::Own
            }
        }
    }

    /// Nothing that happens from now on is part of the execution.
    pub(super) fn over(&self) {
        let mut execution = self.lock();
        execution.over = true;
        let (ready, root) = (std::mem::take(&mut execution.ready), execution.root.take());
        drop(execution);
        drop((ready, root));
    }
}

/// Has the root polled. Not under the lock: a waker may do anything.
fn wake(execution: MutexGuard<'_, Execution>) {
    let root = execution.root.clone();
    drop(execution);
    if let Some(root) = root {
        root.wake();
    }
}

impl Execution {
    fn begin(&mut self, task: u32) {
        self.running = Some(task);
        self.stacks.clear();
    }

    /// Nobody waits for `task` to go first any more.
    fn forget(&mut self, task: u32) {
        for ready in &mut self.ready {
            ready.after.retain(|first| *first != task);
        }
    }

    /// The task that goes on.
    fn choose(&mut self) -> Ready {
        let eligible: Vec<usize> = (0..self.ready.len())
            .filter(|index| self.ready[*index].after.is_empty())
            .collect();
        let count = u32::try_from(eligible.len()).unwrap_or(u32::MAX);
        let asked = self.asked.at(self.choices.len(), count);
        self.diverged |= asked >= count;
        // Somebody can always go first: who gives way came later than those that it waits for.
        let asked = asked.min(count.saturating_sub(1));
        self.choices.push((asked, count));
        let taken = eligible.get(asked as usize).copied().unwrap_or(0);
        self.ready.remove(taken)
    }
}
