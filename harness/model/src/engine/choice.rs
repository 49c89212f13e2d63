//! What a scheduler can choose: a thread, and a way for it to go on.

/// A thread of one execution. The scenario itself is thread 0; the others are numbered as they are spawned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ThreadId(pub u8);

/// The most threads that one execution may start, the scenario's own among them: schedulers keep sets of
/// threads in a word.
pub(crate) const MAX_THREADS: usize = 64;

impl ThreadId {
    /// The thread that runs the scenario.
    pub const ROOT: ThreadId = ThreadId(0);

    /// Its place in a list of threads.
    pub fn index(self) -> usize {
        usize::from(self.0)
    }

    /// The set of which it is the only member.
    pub(crate) fn bit(self) -> u64 {
        1 << self.0
    }
}

/// How a thread goes on, where there is more than one way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Way {
    /// As it asked. The number tells apart what is left open, such as which waiter `notify_one` wakes.
    Go(u8),
    /// The time it was ready to wait is over.
    Expire,
    /// It wakes without a reason, as condition variables may.
    Spurious,
}

/// One alternative at a point of choice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Choice {
    /// Who takes the step.
    pub thread: ThreadId,
    /// How.
    pub way: Way,
}

/// Which ways are open to a thread now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(crate) struct Ready {
    /// The number of `Way::Go`s; 0 while the thread is blocked.
    pub(crate) go: u8,
    /// Whether its time may be over.
    pub(crate) expire: bool,
    /// Whether it may wake spuriously.
    pub(crate) spurious: bool,
}

impl Ready {
    pub(crate) const BLOCKED: Ready = Ready {
        go: 0,
        expire: false,
        spurious: false,
    };

    /// Free to go on in one way, if `condition` holds.
    pub(crate) fn when(condition: bool) -> Ready {
        Ready {
            go: u8::from(condition),
            ..Ready::BLOCKED
        }
    }

    /// Free to go on when `condition` holds, or else when the time is over, if it is limited.
    pub(crate) fn within(condition: bool, timed: bool) -> Ready {
        Ready {
            expire: timed && !condition,
            ..Ready::when(condition)
        }
    }

    pub(crate) fn choices(self, thread: ThreadId, into: &mut Vec<Choice>) {
        for n in 0..self.go {
            into.push(Choice {
                thread,
                way: Way::Go(n),
            });
        }
        if self.expire {
            into.push(Choice {
                thread,
                way: Way::Expire,
            });
        }
        if self.spurious {
            into.push(Choice {
                thread,
                way: Way::Spurious,
            });
        }
    }
}
