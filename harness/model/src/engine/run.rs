//! The loop of one execution.

use std::{panic::Location, rc::Rc, time::Duration};

use super::{
    Access, Blocked, Choice, Execution, Holder, Limits, ObjectInfo, Panic, ThreadId, ThreadInfo, Trace, Way,
    coroutine::Exit,
    execution::{begin, end, set_active},
    object::State,
    panics, with,
};
use crate::Error;

/// Chooses who takes the next step.
pub trait Scheduler {
    /// Called at each point of choice. `point.choices` is not empty.
    fn pick(&mut self, point: &Point<'_>) -> Pick;

    /// Called after each step that was picked.
    fn stepped(&mut self, step: &Step<'_>);
}

/// The answer of a [`Scheduler`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pick {
    /// Take the choice with this index.
    Take(usize),
    /// Nothing new can come of this execution. Its threads are run to their ends, in any order, and forgotten.
    Abandon,
}

/// A point of choice.
pub struct Point<'a> {
    /// Every possible step, by thread and then by way.
    pub choices: &'a [Choice],
    /// Who took the last step.
    pub current: Option<ThreadId>,
    pub(crate) execution: &'a Execution,
}

impl Point<'_> {
    /// The threads that can take no step, with what their steps would touch.
    pub(crate) fn blocked(&self) -> Vec<(ThreadId, Vec<Access>)> {
        let enabled = |thread| self.choices.iter().any(|choice| choice.thread == thread);
        (0..self.execution.threads.len())
            .map(|index| ThreadId(u8::try_from(index).expect("bounded by MAX_THREADS")))
            .filter(|thread| !enabled(*thread))
            .filter_map(|thread| {
                let pending = self.execution.threads[thread.index()].pending.as_ref()?;
                Some((thread, pending.op().wants.to_vec()))
            })
            .collect()
    }

    /// The virtual time and the declared work at which a choice comes on an ideal machine.
    pub(crate) fn due(&self, choice: Choice) -> (Duration, u64) {
        let thread = &self.execution.threads[choice.thread.index()];
        let limit = thread.pending.as_ref().and_then(|pending| pending.op().limit);
        let wait = if choice.way == Way::Expire { limit } else { None };
        (
            thread.clock.time.saturating_add(wait.unwrap_or_default()),
            thread.clock.work,
        )
    }
}

/// A step that was taken.
pub struct Step<'a> {
    /// Which.
    pub choice: Choice,
    /// What it touched.
    pub accesses: &'a [Access],
    /// Whom it spawned.
    pub spawned: &'a [ThreadId],
    /// Whether it only looked again, as a spin loop does, and saw nothing new.
    pub futile: bool,
}

/// How an execution ended.
#[derive(Debug)]
pub enum End {
    /// The scenario returned.
    Finished,
    /// The scenario panicked: an assertion failed.
    Panicked,
    /// The scenario has not returned, and no thread can go on.
    Deadlock,
    /// The step bound was reached, and for half of it nothing changed.
    Livelock,
    /// The step bound was reached.
    StepBound,
    /// The scheduler gave the execution up.
    Abandoned,
    /// The execution cannot be trusted.
    Fault(Error),
}

/// What an execution leaves.
#[derive(Debug)]
pub struct Ending {
    /// How it ended.
    pub end: End,
    /// The choices that were taken, in order.
    pub schedule: Vec<Choice>,
    /// Whether threads that outlived the scenario were stopped before they came to rest.
    pub truncated: bool,
    /// The threads that wait for ever.
    pub blocked: Vec<Blocked>,
    /// Whether an ordering weaker than `SeqCst` was asked for; it ran as `SeqCst`.
    pub weak_orderings: bool,
    /// Whether something in it may end for no reason: a wait, a park, a weak exchange.
    pub may_wake_spuriously: bool,
    /// Whether something was decided by a count of references, which the model does not see: then no search is exhaustive.
    pub unsure: bool,
    /// Every panic, in order.
    pub panics: Vec<Panic>,
    /// What happened; empty unless it was asked for, but for threads and objects.
    pub trace: Trace,
    /// All declared work.
    pub work: u64,
    /// The declared work on the longest path to the scenario's end.
    pub span: u64,
    /// The virtual time at the scenario's end.
    pub elapsed: Duration,
}

/// Runs `scenario` once, as `scheduler` has it. A trace is kept if `recording`.
#[track_caller]
pub fn run(
    scenario: &Rc<dyn Fn()>,
    scheduler: &mut dyn Scheduler,
    limits: Limits,
    recording: bool,
) -> Ending {
    let location = Location::caller();
    panics::install_hook();
    let mut execution = Execution::new(limits, recording);
    let scenario = Rc::clone(scenario);
    let body = Box::new(move |exit| crate::thread::run_root(exit, &*scenario));
    let mut course = Course::default();
    if let Err(error) = execution.add_thread(Some("main".into()), location, body) {
        return course.ending(End::Fault(error), &mut execution);
    }
    execution.spawned.clear();
    if let Err(error) = begin(execution) {
        return course.ending(End::Fault(error), &mut Execution::new(limits, false));
    }
    let outcome = course.follow(scheduler);
    let mut execution = end();
    let ending = course.ending(outcome, &mut execution);
    execution.statics.restore();
    ending
}

/// The choices of one execution so far.
#[derive(Default)]
struct Course {
    schedule: Vec<Choice>,
    truncated: bool,
}

/// The most steps that an abandoned execution is given to come to its end.
const DRAIN: usize = 2_000;

impl Course {
    /// Steps until nothing more can happen.
    fn follow(&mut self, scheduler: &mut dyn Scheduler) -> End {
        let mut choices = Vec::new();
        let mut current = None;
        let mut ended_at = None;
        loop {
            settle();
            if let Some(error) = with(|execution| execution.fault.take()) {
                return End::Fault(error);
            }
            let (steps, root_finished) = with(|execution| {
                open_choices(execution, &mut choices);
                (execution.step, execution.threads[0].finished)
            });
            if root_finished && ended_at.is_none() {
                ended_at = Some(steps);
            }
            if choices.is_empty() {
                return self.at_rest(root_finished);
            }
            if let Some(end) = self.out_of_steps(steps, ended_at) {
                return end;
            }
            let pick = with(|execution| {
                scheduler.pick(&Point {
                    choices: &choices,
                    current,
                    execution,
                })
            });
            let Pick::Take(index) = pick else {
                self.drain();
                return End::Abandoned;
            };
            let choice = choices[index];
            self.schedule.push(choice);
            take(choice);
            current = Some(choice.thread);
            with(|execution| {
                scheduler.stepped(&Step {
                    choice,
                    accesses: &execution.accesses,
                    spawned: &execution.spawned,
                    futile: execution.futile,
                });
                execution.step += 1;
            });
        }
    }

    fn at_rest(&mut self, root_finished: bool) -> End {
        if !root_finished {
            End::Deadlock
        } else if with(|execution| execution.scenario_panicked) {
            End::Panicked
        } else {
            End::Finished
        }
    }

    fn out_of_steps(&mut self, steps: usize, ended_at: Option<usize>) -> Option<End> {
        let (limits, last_progress) = with(|execution| (execution.limits, execution.last_progress));
        if let Some(ended_at) = ended_at {
            if steps - ended_at < limits.steps_after_end as usize {
                return None;
            }
            self.truncated = true;
            return Some(self.at_rest(true));
        }
        if steps < limits.steps as usize {
            return None;
        }
        let idle = steps - last_progress;
        Some(if idle > steps / 2 {
            End::Livelock
        } else {
            End::StepBound
        })
    }

    /// Lets the threads of an abandoned execution run out, each in its turn, so that their values are dropped.
    fn drain(&mut self) {
        let mut choices = Vec::new();
        let mut last_run = [0_usize; super::MAX_THREADS];
        for turn in 1..=DRAIN {
            settle();
            with(|execution| {
                execution.fault = None;
                open_choices(execution, &mut choices);
            });
            let next = choices.iter().min_by_key(|choice| {
                let reluctant = !matches!(choice.way, Way::Go(_));
                (reluctant, last_run[choice.thread.index()], **choice)
            });
            let Some(choice) = next.copied() else { return };
            last_run[choice.thread.index()] = turn;
            take(choice);
            with(|execution| execution.step += 1);
        }
    }

    fn ending(self, end: End, execution: &mut Execution) -> Ending {
        let root = execution.threads.first();
        let (span, elapsed) = root.map_or((0, Duration::ZERO), |root| (root.clock.work, root.clock.time));
        Ending {
            end,
            schedule: self.schedule,
            truncated: self.truncated,
            blocked: blocked(execution),
            weak_orderings: execution.weak_orderings,
            may_wake_spuriously: execution.may_wake_spuriously,
            unsure: execution.unsure,
            work: execution.work,
            span,
            elapsed,
            trace: trace(execution),
            panics: std::mem::take(&mut execution.panics),
        }
    }
}

/// Runs new threads up to their first operation. Nothing of that can be noticed by others, so its place in the
/// order does not matter.
fn settle() {
    while let Some(thread) = with(|execution| execution.fresh.pop_front()) {
        resume(thread);
    }
}

fn open_choices(execution: &Execution, choices: &mut Vec<Choice>) {
    choices.clear();
    for index in 0..execution.threads.len() {
        let thread = ThreadId(u8::try_from(index).expect("bounded by MAX_THREADS"));
        execution.ready(thread).choices(thread, choices);
    }
}

/// Takes one step.
fn take(choice: Choice) {
    with(|execution| {
        execution.accesses.clear();
        execution.spawned.clear();
        execution.futile = false;
        execution.threads[choice.thread.index()].chosen = choice.way;
    });
    resume(choice.thread);
    settle();
}

fn resume(thread: ThreadId) {
    let fiber = with(|execution| {
        execution.running = thread;
        execution.threads[thread.index()].fiber.take()
    });
    let mut fiber = fiber.expect("only threads that have not finished are resumed");
    set_active(true);
    let finished = fiber.resume();
    set_active(false);
    with(|execution| {
        let entry = &mut execution.threads[thread.index()];
        entry.finished = finished;
        if !finished {
            entry.fiber = Some(fiber);
        }
    });
}

/// The threads that have a pending operation, which is to say: that did not come to their ends.
fn blocked(execution: &Execution) -> Vec<Blocked> {
    let mut blocked = Vec::new();
    for (index, thread) in execution.threads.iter().enumerate() {
        let Some(pending) = thread.pending.as_ref().filter(|_| thread.fiber.is_some()) else {
            continue;
        };
        let op = pending.op();
        blocked.push(Blocked {
            thread: ThreadId(u8::try_from(index).expect("bounded by MAX_THREADS")),
            op: op.name,
            object: op.object,
            source: op.location.into(),
            holders: op
                .object
                .map_or_else(Vec::new, |object| holders(execution.state(object))),
            joins: op.joins.to_vec(),
            wants: op.wants.to_vec(),
        });
    }
    blocked
}

fn holders(state: &State) -> Vec<Holder> {
    let held = match state {
        State::Mutex(mutex) => mutex.holder.into_iter().collect(),
        State::RwLock(lock) => lock
            .writer
            .into_iter()
            .chain(lock.readers.iter().copied())
            .collect(),
        State::Once(super::object::Once::Running(held)) => vec![*held],
        _ => Vec::new(),
    };
    held.into_iter()
        .map(|(thread, since): super::object::Held| Holder {
            thread,
            since: since.into(),
        })
        .collect()
}

fn trace(execution: &mut Execution) -> Trace {
    Trace {
        events: execution.events.take().unwrap_or_default(),
        threads: execution
            .threads
            .iter()
            .map(|thread| ThreadInfo {
                name: thread.name.as_deref().map(str::to_owned),
                lineage: thread.lineage.clone(),
                spawned: thread.spawned.into(),
                finished: thread.finished,
                busy: thread.busy.clone(),
            })
            .collect(),
        objects: execution
            .objects
            .iter()
            .map(|entry| ObjectInfo {
                kind: entry.kind,
                created: entry.created.into(),
            })
            .collect(),
    }
}

/// Called first thing on a new thread.
pub(crate) fn arrive(exit: Exit) {
    with(|execution| execution.thread().exit = Some(exit));
}
