//! A look back at a proof: samples, each of which must be one of the executions that the search stood for.
//!
//! The search leaves out what differs only in the order of steps that commute. Whether they do is told by what they touch,
//! and what goes on behind the model's back touches nothing: which thread drops the last `Arc`, above all. A sample whose
//! class the search has not seen shows that something did, and that the search was not exhaustive.

use super::{
    Search,
    order::Order,
    sampled::{Sampled, Sampler},
};
use crate::engine::{Ending, Pick, Point, Scheduler, Step};

pub(super) struct Audit {
    samples: Sampled,
    order: Order,
}

impl Audit {
    pub(super) fn new(samples: u64, seed: u64) -> Self {
        Audit {
            samples: Sampled::new(Sampler::Walk, samples, seed),
            order: Order::default(),
        }
    }

    /// The class of the execution that has ended.
    pub(super) fn class(&self, ending: &Ending) -> u64 {
        self.order.class(&ending.trace.threads)
    }
}

impl Scheduler for Audit {
    fn pick(&mut self, point: &Point<'_>) -> Pick {
        self.samples.pick(point)
    }

    fn stepped(&mut self, step: &Step<'_>) {
        let clock = self.order.clock_before(step.choice.thread, step.accesses);
        self.order.push(step, clock);
        self.samples.stepped(step);
    }
}

impl Search for Audit {
    fn begin(&mut self) -> bool {
        self.order.restart(0);
        self.samples.begin()
    }

    fn ended(&mut self, ending: &Ending) {
        self.samples.ended(ending);
    }

    fn cut(&self) -> bool {
        self.samples.cut()
    }

    fn diverged(&self) -> bool {
        self.samples.diverged()
    }
}
