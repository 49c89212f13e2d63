//! Every schedule there is: depth-first over all choices, with no reduction and no fairness. Kept apart from the
//! explorer and as simple as can be, so that no fault can hide in both.

use crate::{
    engine::{Choice, Ending, Pick, Point, Scheduler, Step},
    explore::Search,
};

#[derive(Default)]
pub(super) struct Full {
    /// The choices on the way, and which of them is taken.
    path: Vec<(Vec<Choice>, usize)>,
    depth: usize,
    started: bool,
}

impl Scheduler for Full {
    fn pick(&mut self, point: &Point<'_>) -> Pick {
        if self.depth == self.path.len() {
            self.path.push((point.choices.to_vec(), 0));
        }
        let (choices, taken) = &self.path[self.depth];
        assert_eq!(choices, point.choices, "the same choices lead to the same point");
        self.depth += 1;
        Pick::Take(*taken)
    }

    fn stepped(&mut self, _step: &Step<'_>) {}
}

impl Search for Full {
    fn begin(&mut self) -> bool {
        self.depth = 0;
        if !std::mem::replace(&mut self.started, true) {
            return true;
        }
        while let Some((choices, taken)) = self.path.last_mut() {
            *taken += 1;
            if *taken < choices.len() {
                return true;
            }
            self.path.pop();
        }
        false
    }

    fn ended(&mut self, _ending: &Ending) {}

    fn cut(&self) -> bool {
        false
    }

    fn diverged(&self) -> bool {
        false
    }
}
