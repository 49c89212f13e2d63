//! Random programs over every primitive.

use crate::explore::sampled::SplitMix;

macro_rules! kinds {
    ($($name:ident)*) => {
        /// What an operation does. [`super::actor`] says how, on the model; [`super::reference`] what must come of it.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub(super) enum Kind { $($name),* }

        impl Kind {
            /// All of them.
            pub(super) const ALL: &[Kind] = &[$(Kind::$name),*];
        }
    };
}

kinds!(
    // Atomics.
    Load Store Swap Add Exchange ExchangeWeak Update Static Spin
    // Mutexes, two of them; and a panic, which poisons what the thread holds.
    Lock Unlock TryLock IsPoisoned ClearPoison Panic
    // A lock for readers and writers.
    Read Write TryRead TryWrite UnlockRead UnlockWrite Downgrade
    // A condition variable on the first mutex, which each of these takes before and keeps.
    Wait WaitTimeout WaitWhile WaitTimeoutWhile NotifyOne NotifyAll
    Barrier
    CallOnce CallOncePanics CallOnceForce CallOnceAgain IsCompleted OnceWait
    Set Get GetOrInit WaitForCell Force
    Send TrySend Receive TryReceive ReceiveTimeout Drain PoolReceive DropSender DropReceiver
    Park ParkTimeout Unpark
    Join IsFinished Grandchild Scope ScopePanics ScopeLocal Local
    Sleep Yield Now
);

/// One operation of a program: what, to which object, and a value that tells writes apart.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Op {
    pub(super) kind: Kind,
    pub(super) object: usize,
    pub(super) value: u64,
}

impl std::fmt::Debug for Op {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?}({}, {})", self.kind, self.object, self.value)
    }
}

/// What the operations of a program are drawn from.
const THEMES: &[&[Kind]] = &[
    &[
        Kind::Load,
        Kind::Store,
        Kind::Swap,
        Kind::Add,
        Kind::Exchange,
        Kind::Update,
        Kind::Static,
        Kind::Spin,
    ],
    &[
        Kind::Load,
        Kind::Store,
        Kind::ExchangeWeak,
        Kind::Update,
        Kind::Yield,
    ],
    &[Kind::Lock, Kind::Lock, Kind::TryLock, Kind::Store],
    &[
        Kind::Lock,
        Kind::Panic,
        Kind::IsPoisoned,
        Kind::ClearPoison,
        Kind::TryLock,
        Kind::Join,
    ],
    &[
        Kind::Read,
        Kind::Read,
        Kind::Write,
        Kind::TryRead,
        Kind::TryWrite,
        Kind::Downgrade,
    ],
    &[Kind::Read, Kind::Write, Kind::Write, Kind::Panic, Kind::Downgrade],
    &[
        Kind::Wait,
        Kind::WaitTimeout,
        Kind::WaitWhile,
        Kind::WaitTimeoutWhile,
        Kind::NotifyOne,
        Kind::NotifyOne,
        Kind::NotifyAll,
        Kind::Lock,
        Kind::Lock,
    ],
    &[
        Kind::Wait,
        Kind::Wait,
        Kind::Wait,
        Kind::NotifyOne,
        Kind::NotifyOne,
        Kind::NotifyAll,
        Kind::NotifyAll,
        Kind::WaitTimeout,
        Kind::Panic,
    ],
    &[Kind::Barrier, Kind::Barrier, Kind::Barrier, Kind::Add, Kind::Load],
    &[Kind::Barrier, Kind::Barrier, Kind::Barrier, Kind::TryLock],
    &[Kind::Barrier],
    &[
        Kind::WaitWhile,
        Kind::WaitWhile,
        Kind::Lock,
        Kind::NotifyOne,
        Kind::NotifyAll,
        Kind::WaitTimeoutWhile,
    ],
    &[
        Kind::CallOnce,
        Kind::CallOncePanics,
        Kind::CallOnceForce,
        Kind::CallOnceAgain,
        Kind::IsCompleted,
        Kind::OnceWait,
    ],
    &[
        Kind::Set,
        Kind::Get,
        Kind::GetOrInit,
        Kind::WaitForCell,
        Kind::Force,
        Kind::Add,
    ],
    &[
        Kind::Send,
        Kind::Send,
        Kind::TrySend,
        Kind::Receive,
        Kind::TryReceive,
        Kind::ReceiveTimeout,
        Kind::DropSender,
        Kind::DropReceiver,
        Kind::DropReceiver,
    ],
    &[
        Kind::Send,
        Kind::Send,
        Kind::TrySend,
        Kind::Receive,
        Kind::Drain,
        Kind::Drain,
        Kind::TryReceive,
        Kind::ReceiveTimeout,
    ],
    &[
        Kind::PoolReceive,
        Kind::PoolReceive,
        Kind::Send,
        Kind::Send,
        Kind::DropSender,
    ],
    &[
        Kind::Park,
        Kind::ParkTimeout,
        Kind::Unpark,
        Kind::Unpark,
        Kind::Sleep,
        Kind::Add,
    ],
    &[
        Kind::IsFinished,
        Kind::Join,
        Kind::Join,
        Kind::Grandchild,
        Kind::Scope,
        Kind::ScopePanics,
        Kind::Add,
        Kind::Panic,
    ],
    &[
        Kind::Local,
        Kind::Local,
        Kind::Static,
        Kind::Join,
        Kind::IsFinished,
        Kind::IsFinished,
        Kind::ScopeLocal,
    ],
    &[
        Kind::Now,
        Kind::Now,
        Kind::Sleep,
        Kind::ParkTimeout,
        Kind::WaitTimeoutWhile,
        Kind::Add,
        Kind::Read,
        Kind::Lock,
    ],
];

/// A program: the operations of the root and of its children.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Program {
    pub(super) threads: Vec<Vec<Op>>,
    /// The bound of the channel.
    pub(super) bound: Option<usize>,
    /// Which thread has the receiver.
    pub(super) owner: usize,
    /// Whether the owner of the receiver keeps a sender too.
    pub(super) owner_sends: bool,
    /// How many the barrier waits for.
    pub(super) size: usize,
    /// How often each thread may wake spuriously.
    pub(super) spurious: u32,
}

impl Program {
    /// The program of a seed.
    pub(super) fn random(seed: u64) -> Program {
        let mut random = SplitMix(seed);
        let mut kinds = THEMES[random.below(THEMES.len())].to_vec();
        if random.below(3) == 0 {
            kinds.extend(THEMES[random.below(THEMES.len())]);
        }
        Program::draw(random, &kinds)
    }

    /// The program of a seed whose operations are of these kinds.
    pub(super) fn of(kinds: &[Kind], seed: u64) -> Program {
        Program::draw(SplitMix(seed), kinds)
    }

    fn draw(mut random: SplitMix, kinds: &[Kind]) -> Program {
        let count = 2 + random.below(2);
        let threads: Vec<_> = (0..count)
            .map(|thread| {
                let length = match (count, thread) {
                    (2, _) => 1 + random.below(3),
                    (_, 0) => random.below(3),
                    _ => 1 + random.below(2),
                };
                operations(&mut random, kinds, thread, length)
            })
            .collect();
        Program {
            threads,
            bound: [None, Some(0), Some(1)][random.below(3)],
            owner: random.below(count),
            owner_sends: random.below(4) == 0,
            size: 2 + usize::from(count == 3 && random.below(4) != 0),
            spurious: u32::from(random.below(4) == 0),
        }
    }

    pub(super) fn has(&self, kinds: &[Kind]) -> bool {
        self.threads.iter().flatten().any(|op| kinds.contains(&op.kind))
    }

    pub(super) fn has_channel(&self) -> bool {
        self.has(&[
            Kind::Send,
            Kind::TrySend,
            Kind::Receive,
            Kind::TryReceive,
            Kind::ReceiveTimeout,
            Kind::Drain,
            Kind::PoolReceive,
        ])
    }

    /// Whether something depends on the virtual clock, which the reference does not keep.
    pub(super) fn reads_clock(&self) -> bool {
        self.has(&[Kind::Now, Kind::WaitTimeoutWhile])
    }
}

/// The operations of one thread. What takes a lock is mostly followed by what gives it back, at once or later.
fn operations(random: &mut SplitMix, kinds: &[Kind], thread: usize, length: usize) -> Vec<Op> {
    let mut ops: Vec<Op> = Vec::new();
    let mut held: Vec<(usize, Op)> = Vec::new();
    for index in 0..length {
        let op = Op {
            kind: kinds[random.below(kinds.len())],
            object: random.below(2),
            value: (1 + thread * 10 + index) as u64,
        };
        ops.push(op);
        if let Some(release) = op.release() {
            held.push((index + [0, 0, 0, 1, 1, 9][random.below(6)], release));
        }
        held.retain(|(until, release)| {
            if *until <= index {
                ops.push(*release);
            }
            *until > index
        });
    }
    ops
}

impl Op {
    /// What gives back what this takes.
    fn release(self) -> Option<Op> {
        let (kind, object) = match self.kind {
            Kind::Lock | Kind::TryLock => (Kind::Unlock, self.object),
            Kind::Wait | Kind::WaitTimeout | Kind::WaitWhile | Kind::WaitTimeoutWhile => (Kind::Unlock, 0),
            Kind::Read | Kind::TryRead | Kind::Downgrade => (Kind::UnlockRead, 0),
            Kind::Write | Kind::TryWrite => (Kind::UnlockWrite, 0),
            _ => return None,
        };
        Some(Op {
            kind,
            object,
            value: 0,
        })
    }
}
