use serde::{Deserialize, Serialize};

/// How far the schedules of one scenario are searched. All caps are counts, so they are met at the same place on
/// every machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Caps {
    /// The most executions of the exhaustive search. A scenario that needs more is not proved.
    pub exhaustive: u64,
    /// The most executions of each search with a bound of 0, 1 and 2 preemptions.
    pub bounded: u64,
    /// Executions of each sampler, where the exhaustive search was not completed.
    pub samples: u64,
    /// The most steps of one execution. What takes more has no end.
    pub steps: u32,
}

impl Default for Caps {
    /// The caps of a course that sets none.
    fn default() -> Self {
        Caps {
            exhaustive: 50_000,
            bounded: 20_000,
            samples: 2_000,
            steps: 10_000,
        }
    }
}
