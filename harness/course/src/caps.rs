//! How far the schedules of a test are searched, from the course down to the test.

use kata_protocol::Caps;

/// What one `caps` table of `course.toml` sets.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Overrides {
    pub(crate) exhaustive: Option<u64>,
    pub(crate) bounded: Option<u64>,
    pub(crate) samples: Option<u64>,
    pub(crate) steps: Option<u32>,
}

impl Overrides {
    /// `caps`, but for what is set here.
    pub(crate) fn over(self, caps: Caps) -> Caps {
        Caps {
            exhaustive: self.exhaustive.unwrap_or(caps.exhaustive),
            bounded: self.bounded.unwrap_or(caps.bounded),
            samples: self.samples.unwrap_or(caps.samples),
            steps: self.steps.unwrap_or(caps.steps),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_set_wins_over_what_is_not() {
        let overrides = Overrides {
            exhaustive: Some(7),
            ..Overrides::default()
        };
        let caps = overrides.over(Caps::default());
        assert_eq!(caps.exhaustive, 7);
        assert_eq!(caps.samples, Caps::default().samples);
    }
}
