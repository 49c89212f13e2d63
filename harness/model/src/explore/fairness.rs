//! Fair scheduling: a thread that looks again and again without finding anything new lets the others go first
//! (Musuvathi and Qadeer, *Fair stateless model checking*, 2008).

use crate::engine::{Choice, MAX_THREADS, ThreadId, Way};

/// How many steps a thread takes, at most, while others could take one.
const TURN: u32 = 300;

/// Who must wait for whom in one execution.
#[derive(Debug)]
pub(super) struct Fairness {
    /// By thread: those that must take a step, or be unable to, before it may go on.
    waits_for: [u64; MAX_THREADS],
    /// By thread: the same, after a long turn. A loop that changes something each time round is not seen to spin.
    defers_to: [u64; MAX_THREADS],
    turn: [u32; MAX_THREADS],
}

/// The threads that a list of choices has.
pub(super) fn threads(choices: &[Choice]) -> u64 {
    choices.iter().fold(0, |set, choice| set | choice.thread.bit())
}

impl Fairness {
    pub(super) fn new() -> Self {
        Fairness {
            waits_for: [0; MAX_THREADS],
            defers_to: [0; MAX_THREADS],
            turn: [0; MAX_THREADS],
        }
    }

    /// The threads that may take a step, of those that can.
    pub(super) fn eligible(&self, enabled: u64) -> u64 {
        let allowed = |thread: &usize| {
            enabled & 1 << thread != 0 && (self.waits_for[*thread] | self.defers_to[*thread]) & enabled == 0
        };
        let eligible = (0..MAX_THREADS)
            .filter(allowed)
            .fold(0, |set, thread| set | 1 << thread);
        if eligible == 0 { enabled } else { eligible }
    }

    /// Notes a step. Those that come first from then on include threads that are blocked now: what blocks them may be the
    /// very thread that goes round in circles.
    pub(super) fn stepped(&mut self, thread: ThreadId, futile: bool) {
        for other in 0..MAX_THREADS {
            self.waits_for[other] &= !thread.bit();
            self.defers_to[other] &= !thread.bit();
        }
        let others = !thread.bit();
        if futile {
            self.waits_for[thread.index()] = others;
        }
        self.turn[thread.index()] += 1;
        if self.turn[thread.index()] >= TURN {
            self.turn[thread.index()] = 0;
            self.defers_to[thread.index()] = others;
        }
    }

    /// The choices, those first that a person would expect: the same thread goes on, then others by number; time
    /// passes when nobody else can do anything, and nobody wakes without a reason.
    pub(super) fn by_expectation(choices: &[Choice], current: Option<ThreadId>) -> Vec<Choice> {
        let mut sorted = choices.to_vec();
        sorted.sort_by_key(|choice| {
            let way = match choice.way {
                Way::Go(_) => 0,
                Way::Expire => 1,
                Way::Spurious => 2,
            };
            (way, Some(choice.thread) != current, *choice)
        });
        sorted
    }
}
