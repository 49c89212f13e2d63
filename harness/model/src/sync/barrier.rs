//! `Barrier`.

use std::{fmt, panic::Location};

use crate::{
    engine::{
        Access, Loc, Mode, Object, ObjectId, Op, Ready, State, active,
        object::{self, Region},
        step, step_when, with,
    },
    faults::{Fault, planted},
};

/// [`std::sync::Barrier`].
pub struct Barrier {
    object: Object,
    real: std::sync::Barrier,
    size: usize,
}

/// [`std::sync::BarrierWaitResult`].
pub struct BarrierWaitResult(bool);

impl BarrierWaitResult {
    /// Whether this thread is the one that let the others through.
    pub fn is_leader(&self) -> bool {
        self.0
    }
}

impl fmt::Debug for BarrierWaitResult {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BarrierWaitResult")
            .field("is_leader", &self.0)
            .finish()
    }
}

impl Barrier {
    /// A barrier that lets `n` threads through together.
    #[track_caller]
    pub const fn new(n: usize) -> Self {
        Barrier {
            object: Object::new(Location::caller()),
            real: std::sync::Barrier::new(n),
            size: n,
        }
    }

    /// Waits until as many threads wait as the barrier is made for.
    #[track_caller]
    pub fn wait(&self) -> BarrierWaitResult {
        if !active() {
            return BarrierWaitResult(self.real.wait().is_leader());
        }
        let location = Location::caller();
        let id = self.object.id("Barrier", Region::of(self), || {
            State::Barrier(object::Barrier::default())
        });
        step("barrier wait", Some(id), location);
        match self.arrive(id, location) {
            None => BarrierWaitResult(true),
            Some((gate, generation)) => {
                pass(id, gate, generation, location);
                BarrierWaitResult(false)
            }
        }
    }

    /// Arrives, in the step under way; the last one opens the gate and gets `None`.
    fn arrive(&self, id: ObjectId, location: Loc) -> Option<(ObjectId, usize)> {
        with(|execution| {
            execution.touch(id, Mode::Write);
            execution.progress(id);
            let gate = match execution.state(id).barrier().gate {
                Some(gate) => gate,
                None => {
                    let gate = execution.add_object("gate", self.object.created(), State::Value);
                    execution.state_mut(id).barrier_mut().gate = Some(gate);
                    gate
                }
            };
            let barrier = execution.state_mut(id).barrier_mut();
            barrier.arrived += 1;
            let last = barrier.arrived + usize::from(planted(Fault::BarrierOpensEarly)) >= self.size;
            let generation = barrier.generation;
            if last {
                barrier.arrived = 0;
                barrier.generation += 1;
                // Those who come later pass another one: they need not wait until all have left through this one.
                if !planted(Fault::OneGate) {
                    barrier.gate = None;
                }
                execution.touch(gate, Mode::Release);
            }
            if let Some(event) = execution.record("barrier wait", Some(id), location) {
                event.note = Some(if last { "the last to arrive" } else { "waits" });
            }
            (!last).then_some((gate, generation))
        })
    }
}

fn pass(id: ObjectId, gate: ObjectId, generation: usize, location: Loc) {
    let op = Op {
        name: "barrier wait",
        object: Some(id),
        location,
        wants: &[Access {
            object: gate,
            mode: Mode::AcquireShared,
        }],
        joins: &[],
        limit: None,
    };
    step_when(&op, &|execution| {
        Ready::when(execution.state(id).barrier().generation != generation)
    });
    with(|execution| {
        execution.touch(gate, Mode::AcquireShared);
        execution.record("barrier passed", Some(id), location);
    });
}

impl fmt::Debug for Barrier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Barrier").finish_non_exhaustive()
    }
}
