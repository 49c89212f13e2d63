//! The ideal machine: one schedule, in which the thread that is behind always goes first.
//!
//! Work is declared, in logical units ([`work`]); what it depends on follows from synchronisation. Work divided by span
//! is the parallelism, as in Cilkview (He, Leiserson, Leiserson 2010), exact and the same in every run.

use std::{collections::BTreeMap, rc::Rc, time::Duration};

use crate::{
    End, Ending, Error, Limits, Pick, Point, Scheduler, Step, ThreadId, Way,
    engine::{active, with},
    explore::Failure,
    run,
};

/// What an ideal machine makes of a scenario.
#[derive(Debug)]
pub struct Ideal {
    /// All declared work, in its units.
    pub work: u64,
    /// The declared work on the longest path to the scenario's end.
    pub span: u64,
    /// The virtual time at the scenario's end.
    pub elapsed: Duration,
    /// The execution, with its trace.
    pub ending: Ending,
}

impl Ideal {
    /// Work over span: how many processors the scenario could use. 1 when no work was declared.
    pub fn parallelism(&self) -> f64 {
        if self.span == 0 {
            1.0
        } else {
            self.work as f64 / self.span as f64
        }
    }

    /// How the scenario failed; `None` when it came to its end.
    pub fn into_failure(self) -> Option<Failure> {
        Failure::on_the_ideal_machine(self.ending)
    }
}

/// Declares `units` of work on the calling thread. Outside an exploration it does nothing.
pub fn work(units: u64) {
    if active() {
        with(|execution| {
            execution.work = execution.work.saturating_add(units);
            execution.thread().work(units);
        });
    }
}

/// The logical clocks at one moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reading {
    /// The work that all threads have declared so far, in units.
    pub work: u64,
    /// The calling thread's clock: the units on the longest path that led here.
    pub clock: u64,
}

/// Reads the logical clocks; `None` outside an exploration.
pub fn reading() -> Option<Reading> {
    active().then(|| {
        with(|execution| Reading {
            work: execution.work,
            clock: execution.thread().clock.work,
        })
    })
}

/// How many threads have been started so far, whether they still run or not; `None` outside an exploration.
pub fn threads_started() -> Option<usize> {
    // The first one is the scenario's own.
    active().then(|| with(|execution| execution.threads.len() - 1))
}

/// Runs `scenario` once on the ideal machine.
///
/// # Errors
///
/// When the execution cannot be trusted, or never ends.
#[track_caller]
pub fn ideal(limits: Limits, scenario: impl Fn() + 'static) -> Result<Ideal, Error> {
    let scenario: Rc<dyn Fn()> = Rc::new(scenario);
    let ending = run(&scenario, &mut Smallest::default(), limits, true);
    if let End::Fault(error) = ending.end {
        return Err(error);
    }
    Ok(Ideal {
        work: ending.work,
        span: ending.span,
        elapsed: ending.elapsed,
        ending,
    })
}

/// Lets the thread with the smallest clock take the next step.
///
/// A thread that spins has the smallest clock for ever, since to look again is no work: where no time passes for it either,
/// it rests until another thread has done something else than look.
#[derive(Default)]
struct Smallest {
    resting: Vec<ThreadId>,
    /// When each thread last looked in vain.
    looked: BTreeMap<ThreadId, Due>,
    /// When the step under way comes.
    due: Due,
}

/// The virtual time and the declared work at which a step comes.
type Due = (Duration, u64);

impl Scheduler for Smallest {
    fn pick(&mut self, point: &Point<'_>) -> Pick {
        let next = (0..point.choices.len()).min_by_key(|index| {
            let choice = point.choices[*index];
            let rests = self.resting.contains(&choice.thread);
            (choice.way == Way::Spurious, rests, point.due(choice), choice)
        });
        let next = next.expect("there is always a choice");
        self.due = point.due(point.choices[next]);
        Pick::Take(next)
    }

    fn stepped(&mut self, step: &Step<'_>) {
        let thread = step.choice.thread;
        if !step.futile {
            self.resting.clear();
        }
        if step.choice.way == Way::Expire {
            // Time has passed for it.
            self.looked.remove(&thread);
            return;
        }
        let again = step.futile && self.looked.insert(thread, self.due) == Some(self.due);
        if again && !self.resting.contains(&thread) {
            self.resting.push(thread);
        }
    }
}
