//! Samplers: schedules drawn with fixed seeds, for scenarios that are too large to exhaust. No sampler is good at
//! everything, so there are several.

use super::{
    Search,
    fairness::{Fairness, threads},
};
use crate::engine::{Choice, Ending, MAX_THREADS, Pick, Point, Scheduler, Step, Way};

/// How schedules are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sampler {
    /// Each step by a thread drawn evenly from those that can take one.
    Walk,
    /// By random priorities that change at `depth` - 1 random steps (Burckhardt, Kothari, Musuvathi, Nagarakatte, *A
    /// randomized scheduler with probabilistic guarantees of finding bugs*, 2010).
    Priorities {
        /// How many orderings of steps a bug may need.
        depth: u32,
    },
}

impl Sampler {
    /// All that are used, in this order.
    pub(super) const ALL: [Sampler; 4] = [
        Sampler::Walk,
        Sampler::Priorities { depth: 1 },
        Sampler::Priorities { depth: 2 },
        Sampler::Priorities { depth: 3 },
    ];
}

pub(super) struct Sampled {
    sampler: Sampler,
    left: u64,
    random: SplitMix,
    fairness: Fairness,
    enabled: u64,
    steps: u64,
    /// The longest execution so far: the range of the steps at which priorities change.
    longest: u64,
    priorities: [u64; MAX_THREADS],
    changes: Vec<u64>,
}

/// A small generator with a full period (Steele, Lea, Flood, *Fast splittable pseudorandom number generators*, 2014).
pub(crate) struct SplitMix(pub(crate) u64);

impl SplitMix {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ z >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ z >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ z >> 31
    }

    /// A number below `bound`, which is small.
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound as u64) as usize
    }
}

impl Sampled {
    pub(super) fn new(sampler: Sampler, executions: u64, seed: u64) -> Self {
        Sampled {
            sampler,
            left: executions,
            random: SplitMix(seed),
            fairness: Fairness::new(),
            enabled: 0,
            steps: 0,
            longest: 16,
            priorities: [0; MAX_THREADS],
            changes: Vec::new(),
        }
    }

    /// One of the ways of one of the threads; each thread is as likely as the others, however many ways it has.
    fn walk(&mut self, open: &[Choice]) -> Choice {
        let mut threads: Vec<_> = open.iter().map(|choice| choice.thread).collect();
        threads.dedup();
        let thread = threads[self.random.below(threads.len())];
        self.way(open, thread)
    }

    fn way(&mut self, open: &[Choice], thread: crate::ThreadId) -> Choice {
        let ways: Vec<_> = open.iter().filter(|choice| choice.thread == thread).collect();
        *ways[self.random.below(ways.len())]
    }

    fn by_priority(&mut self, open: &[Choice], current: Option<crate::ThreadId>) -> Choice {
        if let Some(change) = self.changes.iter().position(|step| *step == self.steps)
            && let Some(current) = current
        {
            self.priorities[current.index()] = change as u64;
        }
        // Time passes by itself: a thread that waits for it takes part only when nobody can go on, or by a rare draw.
        let patient = open.iter().any(|choice| matches!(choice.way, Way::Go(_))) && self.random.below(8) != 0;
        let best = open
            .iter()
            .filter(|choice| !patient || matches!(choice.way, Way::Go(_)))
            .max_by_key(|choice| (self.priorities[choice.thread.index()], choice.thread))
            .map_or(open[0].thread, |choice| choice.thread);
        self.way(open, best)
    }
}

impl Scheduler for Sampled {
    fn pick(&mut self, point: &Point<'_>) -> Pick {
        self.enabled = threads(point.choices);
        self.steps += 1;
        let eligible = self.fairness.eligible(self.enabled);
        let open: Vec<Choice> = point
            .choices
            .iter()
            .copied()
            .filter(|choice| eligible & choice.thread.bit() != 0)
            .collect();
        let choice = match self.sampler {
            Sampler::Walk => self.walk(&open),
            Sampler::Priorities { .. } => self.by_priority(&open, point.current),
        };
        let index = point.choices.iter().position(|known| *known == choice);
        Pick::Take(index.expect("chosen from these"))
    }

    fn stepped(&mut self, step: &Step<'_>) {
        self.fairness.stepped(step.choice.thread, step.futile);
    }
}

impl Search for Sampled {
    fn begin(&mut self) -> bool {
        if self.left == 0 {
            return false;
        }
        self.left -= 1;
        self.longest = self.longest.max(self.steps);
        self.steps = 0;
        self.fairness = Fairness::new();
        if let Sampler::Priorities { depth } = self.sampler {
            for index in 0..MAX_THREADS {
                // Above the priorities that a change gives.
                self.priorities[index] = 8 + (self.random.next() >> 8);
            }
            let longest = self.longest;
            self.changes = (1..depth).map(|_| 1 + self.random.next() % longest).collect();
        }
        true
    }

    fn ended(&mut self, _ending: &Ending) {}

    fn cut(&self) -> bool {
        true
    }

    fn diverged(&self) -> bool {
        false
    }
}
