//! What an execution is, apart from the order of steps that commute: its class. And how often it interrupts a thread.
//!
//! Two executions are of one class if they have the same steps and the same order between those that touch the same things
//! (Mazurkiewicz 1977). The reduction stands on two claims, both checked here: that executions of one class have one outcome, so
//! that no footprint is too small; and that the reduced search visits every class.

use std::{
    collections::{BTreeMap, hash_map::DefaultHasher},
    hash::{Hash, Hasher},
};

use crate::{
    Access, Mode,
    engine::{Choice, Ending, Pick, Point, Scheduler, Step, ThreadId, Way},
    explore::Search,
};

/// Looks on while a search chooses.
pub(super) struct Observer<'a> {
    search: &'a mut dyn Search,
    steps: Vec<Taken>,
    pub(super) preemptions: u32,
}

struct Taken {
    choice: Choice,
    accesses: Vec<Access>,
    spawned: Vec<ThreadId>,
}

impl<'a> Observer<'a> {
    pub(super) fn new(search: &'a mut dyn Search) -> Self {
        Observer {
            search,
            steps: Vec::new(),
            preemptions: 0,
        }
    }

    /// The class of the execution that has ended.
    pub(super) fn class(&self, ending: &Ending) -> u64 {
        let names: Vec<u64> = ending
            .trace
            .threads
            .iter()
            .map(|thread| hashed(&thread.lineage))
            .collect();
        // By step: how many steps of each thread came before it, itself among them.
        let mut pasts: Vec<BTreeMap<u64, u32>> = Vec::new();
        let mut class = 0_u64;
        for (index, step) in self.steps.iter().enumerate() {
            let thread = step.choice.thread;
            let mut past = BTreeMap::new();
            for (earlier, known) in self.steps[..index].iter().zip(&pasts) {
                let same = earlier.choice.thread == thread;
                let began = earlier.spawned.contains(&thread);
                if same || began || touch_the_same(&earlier.accesses, &step.accesses) {
                    for (name, count) in known {
                        let mine: &mut u32 = past.entry(*name).or_default();
                        *mine = (*mine).max(*count);
                    }
                }
            }
            *past.entry(names[thread.index()]).or_default() += 1;
            class = class.wrapping_add(hashed(&(names[thread.index()], step.choice.way, &past)));
            pasts.push(past);
        }
        class
    }
}

fn hashed(value: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

fn touch_the_same(a: &[Access], b: &[Access]) -> bool {
    let shares = |mode| matches!(mode, Mode::AcquireShared | Mode::ReleaseShared);
    a.iter().any(|x| {
        b.iter().any(|y| {
            let commute =
                (x.mode == Mode::Read && y.mode == Mode::Read) || (shares(x.mode) && shares(y.mode));
            x.object == y.object && !commute
        })
    })
}

impl Scheduler for Observer<'_> {
    fn pick(&mut self, point: &Point<'_>) -> Pick {
        let pick = self.search.pick(point);
        if let Pick::Take(index) = pick {
            let choice = point.choices[index];
            let interrupts = match choice.way {
                Way::Expire => false,
                Way::Spurious => true,
                Way::Go(_) => point.choices.iter().any(|other| {
                    Some(other.thread) == point.current
                        && other.thread != choice.thread
                        && matches!(other.way, Way::Go(_))
                }),
            };
            self.preemptions += u32::from(interrupts);
        }
        pick
    }

    fn stepped(&mut self, step: &Step<'_>) {
        self.steps.push(Taken {
            choice: step.choice,
            accesses: step.accesses.to_vec(),
            spawned: step.spawned.to_vec(),
        });
        self.search.stepped(step);
    }
}
