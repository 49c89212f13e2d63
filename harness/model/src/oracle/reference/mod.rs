//! What must come of a program, said a second time: every primitive as the standard library documents it, as a plain
//! machine whose states are values. No coroutine, no scheduler and no type of the model has a part in it, so a fault of a primitive,
//! which two searches over the same primitives would both repeat, shows as a difference.
//!
//! A state is visited once, however many ways lead to it. That makes this search cheap where the ones over schedules are not.

mod locks;
mod once;
mod threads;

use std::collections::{BTreeSet, HashSet, VecDeque};

use super::{
    Outcome,
    actor::{ENDED, NONE, PANICS, POISONED},
    program::{Kind, Op, Program},
};
use locks::{Lock, Mutex};
use once::Stage;
use threads::Channel;

/// Everything that threads share, and the threads.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Machine {
    threads: Vec<Thread>,
    atomics: [u64; 2],
    count: u64,
    mutexes: [Mutex; 2],
    lock: Lock,
    /// Who waits on the condition variable.
    waiters: Vec<usize>,
    arrived: usize,
    size: usize,
    generation: usize,
    once: Stage,
    cell: Stage,
    lazy: Stage,
    channel: Channel,
    pool: bool,
}

#[derive(Clone, PartialEq, Eq, Hash, Default)]
struct Thread {
    /// What it has still to do.
    code: VecDeque<Instr>,
    log: Vec<u64>,
    held: [bool; 2],
    reads: usize,
    writes: bool,
    sends: bool,
    receives: bool,
    /// Threads that it can join.
    children: Vec<Option<usize>>,
    /// Threads that it can unpark.
    friends: Vec<usize>,
    spurious: u32,
    token: bool,
    notified: bool,
    panicked: bool,
    local: Option<u64>,
    /// Its closure is over; its thread-local value may still be there.
    returned: bool,
    ended: bool,
    /// What it returned.
    result: u64,
}

/// How a thread waits on the condition variable.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct Wait {
    timed: bool,
    /// Until the value is not zero.
    again: bool,
}

/// How a thread receives.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Receive {
    Once,
    Timed,
    Drain,
}

/// One thing that happens at once, or waits until it can.
#[derive(Clone, PartialEq, Eq, Hash)]
enum Instr {
    Do(Op),
    Log(u64),
    Load(usize),
    Add {
        object: usize,
        value: u64,
        logs: bool,
    },
    UpdateTo {
        object: usize,
        value: u64,
        seen: u64,
    },
    SpinAgain(usize),
    Lock {
        mutex: usize,
        value: Option<u64>,
    },
    Unlock(usize),
    WriteQueued(u64),
    Downgrade,
    CheckWait(Wait),
    EnterWait(Wait),
    AwaitSignal(Wait),
    Relock {
        wait: Wait,
        timed_out: bool,
    },
    PassBarrier(usize),
    EnterOnce(Kind, usize, u64),
    LeaveOnce(bool),
    FillCell(Option<usize>, u64),
    MakeLazy,
    FillLazy(u64),
    AwaitTaken,
    BeginReceive(Receive),
    EndReceive(Receive),
    LockPool,
    UnlockPool,
    DropSender,
    DropReceiver,
    Spawn(Vec<Instr>),
    /// Waits for the thread that was spawned last; logs what it returned.
    JoinLast {
        logs: bool,
    },
    /// Waits until the closure of the thread that was spawned last has returned.
    AwaitLast,
    SetLocal(u64),
    LoadCount,
    Return {
        object: usize,
        value: u64,
    },
    Swap {
        object: usize,
        value: u64,
    },
    Panic,
}

/// How many states are worth looking at.
const STATES: usize = 40_000;

/// All outcomes of a program; `None` if it has too many states.
pub(super) fn outcomes(program: &Program) -> Option<BTreeSet<Outcome>> {
    let mut found = BTreeSet::new();
    let first = Machine::new(program);
    let mut known = HashSet::from([first.clone()]);
    let mut open = vec![first];
    while let Some(machine) = open.pop() {
        let mut stuck = true;
        for thread in 0..machine.threads.len() {
            for next in machine.steps(thread) {
                stuck = false;
                if known.len() >= STATES {
                    return None;
                }
                if known.insert(next.clone()) {
                    open.push(next);
                }
            }
        }
        if stuck {
            found.insert(machine.outcome(program));
        }
    }
    Some(found)
}

impl Machine {
    fn new(program: &Program) -> Machine {
        let pooled = program.has(&[Kind::PoolReceive]);
        let has_channel = program.has_channel();
        let count = program.threads.len();
        let threads: Vec<Thread> = (0..count)
            .map(|place| Thread {
                code: program.threads[place].iter().copied().map(Instr::Do).collect(),
                sends: has_channel && (pooled || program.owner_sends || place != program.owner),
                receives: has_channel && !pooled && place == program.owner,
                children: if place == 0 {
                    (1..count).map(Some).collect()
                } else {
                    Vec::new()
                },
                friends: if place == 0 { (1..count).collect() } else { vec![0] },
                spurious: program.spurious,
                ..Thread::default()
            })
            .collect();
        let mut machine = Machine {
            channel: Channel::new(
                program.bound,
                threads.iter().filter(|thread| thread.sends).count(),
            ),
            threads,
            atomics: [0, 0],
            count: 5,
            mutexes: Default::default(),
            lock: Lock::default(),
            waiters: Vec::new(),
            arrived: 0,
            size: program.size,
            generation: 0,
            once: Stage::New,
            cell: Stage::New,
            lazy: Stage::New,
            pool: false,
        };
        if has_channel {
            // The sender that all others were made from.
            machine.channel.senders += 1;
            machine.threads[0].code.push_front(Instr::DropSender);
        }
        machine
    }

    fn outcome(&self, program: &Program) -> Outcome {
        let root = &self.threads[0];
        let end = match (root.ended, root.panicked) {
            (false, _) => "deadlock",
            (true, false) => "finished",
            (true, true) => "panicked",
        };
        let places = program.threads.len();
        let mut seen: Vec<_> = self.threads[..places]
            .iter()
            .map(|thread| thread.log.clone())
            .collect();
        let mut values = self.atomics.to_vec();
        values.extend(
            self.mutexes
                .iter()
                .map(|mutex| if mutex.held { NONE } else { mutex.value }),
        );
        values.push(if self.lock.writer { NONE } else { self.lock.value });
        seen.push(values);
        (end, seen)
    }

    /// The states that one step of a thread leads to: none while it waits, several where something is left open.
    fn steps(&self, thread: usize) -> Vec<Machine> {
        if self.threads[thread].ended {
            return Vec::new();
        }
        let mut next = self.clone();
        let Some(instr) = next.threads[thread].code.pop_front() else {
            next.finish(thread);
            return vec![next];
        };
        let mut moved = Moved {
            from: next,
            thread,
            next: Vec::new(),
        };
        moved.take(instr);
        moved.next
    }

    /// A thread's end, step by step: what it holds is dropped, then its thread-local values, then it is over.
    fn finish(&mut self, at: usize) {
        let panics = self.threads[at].panicked;
        for mutex in 0..2 {
            if self.threads[at].held[mutex] {
                return self.unlock(at, mutex, panics);
            }
        }
        let thread = &mut self.threads[at];
        if thread.reads > 0 {
            thread.reads -= 1;
            self.lock.readers -= 1;
        } else if thread.writes {
            self.unlock_write(at, panics);
        } else if thread.sends {
            thread.sends = false;
            self.channel.senders -= 1;
        } else if thread.receives {
            thread.receives = false;
            self.channel.drop_receiver();
        } else if thread.local.is_some() && !thread.returned {
            thread.returned = true;
        } else if let Some(value) = thread.local.take() {
            self.count += value;
        } else {
            thread.returned = true;
            thread.ended = true;
            if !panics {
                thread.log.push(ENDED);
            }
        }
    }
}

/// A step under way: the state before, but for the instruction that is gone, and the states that it may lead to.
struct Moved {
    from: Machine,
    thread: usize,
    next: Vec<Machine>,
}

impl Moved {
    /// One way for the step to go.
    fn to(&mut self, change: impl FnOnce(&mut Machine, usize)) {
        let mut machine = self.from.clone();
        change(&mut machine, self.thread);
        self.next.push(machine);
    }

    /// The only way, if `possible`; otherwise the thread waits.
    fn when(&mut self, possible: bool, change: impl FnOnce(&mut Machine, usize)) {
        if possible {
            self.to(change);
        }
    }

    fn me(&self) -> &Thread {
        &self.from.threads[self.thread]
    }

    fn take(&mut self, instr: Instr) {
        match instr {
            Instr::Do(op) => self.begin(op),
            Instr::Log(value) => self.to(|machine, me| machine.log(me, value)),
            Instr::Load(object) => self.to(|machine, me| machine.log(me, machine.atomics[object])),
            Instr::Add { object, value, logs } => self.to(|machine, me| {
                if logs {
                    machine.log(me, machine.atomics[object]);
                }
                machine.atomics[object] += value;
            }),
            Instr::Swap { object, value } => self.to(|machine, _| machine.atomics[object] = value),
            Instr::UpdateTo { object, value, seen } => self.update(object, value, seen),
            Instr::SpinAgain(object) => self.to(|machine, me| machine.log(me, machine.atomics[object])),
            Instr::Panic => self.to(|machine, me| machine.panic(me)),
            Instr::Lock { .. }
            | Instr::Unlock(_)
            | Instr::WriteQueued(_)
            | Instr::Downgrade
            | Instr::CheckWait(_)
            | Instr::EnterWait(_)
            | Instr::AwaitSignal(_)
            | Instr::Relock { .. } => self.on_locks(instr),
            Instr::PassBarrier(_)
            | Instr::EnterOnce(..)
            | Instr::LeaveOnce(_)
            | Instr::FillCell(..)
            | Instr::MakeLazy
            | Instr::FillLazy(_) => self.on_once(instr),
            _ => self.on_threads(instr),
        }
    }

    /// Begins an operation.
    fn begin(&mut self, op: Op) {
        let Op { kind, object, value } = op;
        match kind {
            Kind::Load => self.take(Instr::Load(object)),
            Kind::Store => self.take(Instr::Swap { object, value }),
            Kind::Swap => self.to(|machine, me| {
                machine.log(me, machine.atomics[object]);
                machine.atomics[object] = value;
            }),
            Kind::Add => self.take(Instr::Add {
                object,
                value,
                logs: true,
            }),
            Kind::Exchange | Kind::ExchangeWeak => {
                self.to(|machine, me| {
                    let old = machine.atomics[object];
                    machine.log(me, if old == 0 { 0 } else { old + NONE });
                    if old == 0 {
                        machine.atomics[object] = value;
                    }
                });
                if kind == Kind::ExchangeWeak {
                    self.spuriously(|machine, me| machine.log(me, machine.atomics[object] + NONE));
                }
            }
            Kind::Update => self.to(|machine, me| {
                let seen = machine.atomics[object];
                machine.threads[me]
                    .code
                    .push_front(Instr::UpdateTo { object, value, seen });
            }),
            Kind::Static => self.to(|machine, me| {
                machine.log(me, machine.count);
                machine.count += value;
            }),
            Kind::Spin => self.to(|machine, me| match machine.atomics[object] {
                0 => machine.threads[me].code.push_front(Instr::SpinAgain(object)),
                found => machine.log(me, found),
            }),
            Kind::ScopeLocal => self.to(|machine, me| {
                machine.first(me, Instr::LoadCount);
                machine.first(me, Instr::AwaitLast);
                machine.first(me, Instr::Spawn(vec![Instr::SetLocal(value)]));
            }),
            Kind::Local => self.to(|machine, me| {
                let old = machine.threads[me].local.unwrap_or(0);
                machine.threads[me].local = Some(old * 3 + value);
                machine.log(me, old);
            }),
            Kind::Panic => self.to(|machine, me| {
                machine.log(me, PANICS);
                machine.panic(me);
            }),
            Kind::Sleep | Kind::Yield => self.to(|_, _| ()),
            _ if self.begin_on_locks(op) || self.begin_on_once(op) || self.begin_on_threads(op) => (),
            _ => unreachable!("{op:?} is not for the reference"),
        }
    }

    /// Writes what follows from the value that was seen, if it is still there.
    fn update(&mut self, object: usize, value: u64, seen: u64) {
        let again = move |machine: &mut Machine, me: usize| {
            let seen = machine.atomics[object];
            machine.threads[me]
                .code
                .push_front(Instr::UpdateTo { object, value, seen });
        };
        self.to(|machine, me| {
            if machine.atomics[object] == seen {
                machine.log(me, seen);
                machine.atomics[object] = seen * 2 + value;
            } else {
                again(machine, me);
            }
        });
        self.spuriously(again);
    }

    /// A way that is open for no reason.
    fn spuriously(&mut self, change: impl FnOnce(&mut Machine, usize)) {
        if self.me().spurious > 0 {
            self.to(|machine, me| {
                machine.threads[me].spurious -= 1;
                change(machine, me);
            });
        }
    }
}

impl Machine {
    fn log(&mut self, thread: usize, value: u64) {
        self.threads[thread].log.push(value);
    }

    fn note_poison(&mut self, thread: usize, poisoned: bool) {
        if poisoned {
            self.log(thread, POISONED);
        }
    }

    /// What the thread has still to do first.
    fn first(&mut self, thread: usize, instr: Instr) {
        self.threads[thread].code.push_front(instr);
    }

    /// Nothing is left to do but to drop what is held.
    fn panic(&mut self, thread: usize) {
        self.threads[thread].panicked = true;
        self.threads[thread].code.clear();
    }
}
