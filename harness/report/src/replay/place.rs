//! Where on a walk one is.

/// After a step, or at the end, which comes after the last one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The step that was taken last, from 1; one more than there are at the end.
    step: usize,
    steps: usize,
}

impl Place {
    /// After the first of so many steps.
    pub const fn first(steps: usize) -> Place {
        Place { step: 1, steps }
    }

    /// After the last step, where it is said what went wrong.
    pub const fn end(steps: usize) -> Place {
        Place {
            step: steps + 1,
            steps,
        }
    }

    /// So many steps on; no further than to the end.
    #[must_use]
    pub fn forwards(self, by: usize) -> Place {
        Place {
            step: self.step.saturating_add(by).min(self.steps + 1),
            ..self
        }
    }

    /// So many steps back; no further than to the first.
    #[must_use]
    pub fn back(self, by: usize) -> Place {
        Place {
            step: self.step.saturating_sub(by).max(1),
            ..self
        }
    }

    /// How many steps have been taken.
    pub(super) fn taken(self) -> usize {
        self.step.min(self.steps)
    }

    /// The step that was taken last, from 0; `None` at the end.
    pub(super) fn at(self) -> Option<usize> {
        (self.step <= self.steps).then(|| self.step.saturating_sub(1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_walks_from_the_first_step_to_the_end_and_no_further() {
        let mut place = Place::first(3);
        let mut seen = Vec::new();
        for _ in 0..5 {
            seen.push((place.at(), place.taken()));
            place = place.forwards(1);
        }
        assert_eq!(
            seen,
            [(Some(0), 1), (Some(1), 2), (Some(2), 3), (None, 3), (None, 3)]
        );
        assert_eq!(place, Place::end(3));
        assert_eq!(place.back(1).at(), Some(2));
        assert_eq!(place.back(usize::MAX), Place::first(3));
        assert_eq!(Place::first(3).forwards(usize::MAX), Place::end(3));
    }

    #[test]
    fn without_a_step_there_is_only_the_end() {
        let place = Place::first(0);
        assert_eq!((place.at(), place.taken()), (None, 0));
        assert_eq!(place.forwards(1), Place::end(0));
        assert_eq!(place.back(1), place);
    }
}
