//! Mutexes, the lock for readers and writers, the condition variable.

use super::{Instr, Machine, Moved, NONE, Wait};
use crate::oracle::program::{Kind, Op};

#[derive(Clone, Default, PartialEq, Eq, Hash)]
pub(super) struct Mutex {
    pub(super) held: bool,
    pub(super) poisoned: bool,
    pub(super) value: u64,
}

#[derive(Clone, Default, PartialEq, Eq, Hash)]
pub(super) struct Lock {
    pub(super) writer: bool,
    pub(super) readers: usize,
    /// Writers that wait already: readers that come later may have to wait behind them.
    pub(super) queued: usize,
    pub(super) poisoned: bool,
    pub(super) value: u64,
}

impl Lock {
    fn closed_to_readers(&self) -> bool {
        self.writer || self.queued > 0
    }

    fn closed_to_writers(&self) -> bool {
        self.writer || self.readers > 0
    }
}

impl Machine {
    pub(super) fn unlock(&mut self, thread: usize, mutex: usize, panics: bool) {
        self.threads[thread].held[mutex] = false;
        self.mutexes[mutex].held = false;
        self.mutexes[mutex].poisoned |= panics;
    }

    pub(super) fn unlock_write(&mut self, thread: usize, panics: bool) {
        self.threads[thread].writes = false;
        self.lock.writer = false;
        self.lock.poisoned |= panics;
    }

    fn take_mutex(&mut self, thread: usize, mutex: usize, change: Option<impl FnOnce(u64) -> u64>) {
        self.note_poison(thread, self.mutexes[mutex].poisoned);
        self.threads[thread].held[mutex] = true;
        self.mutexes[mutex].held = true;
        if let Some(change) = change {
            let value = self.mutexes[mutex].value;
            self.log(thread, value);
            self.mutexes[mutex].value = change(value);
        }
    }

    fn take_share(&mut self, thread: usize) {
        self.note_poison(thread, self.lock.poisoned);
        self.log(thread, self.lock.value);
        self.lock.readers += 1;
        self.threads[thread].reads += 1;
    }

    fn take_whole(&mut self, thread: usize, change: impl FnOnce(u64) -> u64) {
        self.note_poison(thread, self.lock.poisoned);
        self.log(thread, self.lock.value);
        self.lock.writer = true;
        self.threads[thread].writes = true;
        self.lock.value = change(self.lock.value);
    }

    /// A wait is over: the mutex is taken again.
    fn end_wait(&mut self, thread: usize, wait: Wait, timed_out: bool) {
        let mutex = &mut self.mutexes[0];
        mutex.held = true;
        let (poisoned, value) = (mutex.poisoned, mutex.value);
        self.threads[thread].held[0] = true;
        if wait.again && !poisoned && value == 0 {
            return self.first(thread, Instr::EnterWait(wait));
        }
        self.note_poison(thread, poisoned);
        self.log(thread, value);
        if wait.timed {
            self.log(thread, u64::from(timed_out));
        }
    }

    fn wake(&mut self, waiter: usize) {
        self.waiters.retain(|other| *other != waiter);
        self.threads[waiter].notified = true;
    }
}

impl Moved {
    /// Begins an operation on a lock; `false` if it is none.
    pub(super) fn begin_on_locks(&mut self, op: Op) -> bool {
        let Op { kind, object, value } = op;
        match kind {
            Kind::Lock => self.take(Instr::Lock {
                mutex: object,
                value: Some(value),
            }),
            Kind::Unlock => self.take(Instr::Unlock(object)),
            Kind::TryLock => self.to(|machine, me| {
                if machine.mutexes[object].held {
                    machine.log(me, NONE);
                } else {
                    machine.take_mutex(me, object, Some(|old| old * 7 + value));
                }
            }),
            Kind::IsPoisoned => self.to(|machine, me| {
                machine.log(me, u64::from(machine.mutexes[object].poisoned));
            }),
            Kind::ClearPoison => self.to(|machine, _| machine.mutexes[object].poisoned = false),
            Kind::Read => {
                let open = !self.from.lock.closed_to_readers();
                self.when(open, |machine, me| machine.take_share(me));
            }
            Kind::TryRead => self.to(|machine, me| {
                if machine.lock.closed_to_readers() {
                    machine.log(me, NONE);
                } else {
                    machine.take_share(me);
                }
            }),
            Kind::Write => self.begin_write(value),
            Kind::TryWrite => self.to(|machine, me| {
                if machine.lock.closed_to_writers() {
                    machine.log(me, NONE);
                } else {
                    machine.take_whole(me, |old| old * 7 + value);
                }
            }),
            Kind::UnlockRead => self.to(|machine, me| {
                if machine.threads[me].reads > 0 {
                    machine.threads[me].reads -= 1;
                    machine.lock.readers -= 1;
                }
            }),
            Kind::UnlockWrite => self.to(|machine, me| {
                if machine.threads[me].writes {
                    machine.unlock_write(me, false);
                }
            }),
            Kind::Downgrade if self.me().writes => self.take(Instr::Downgrade),
            Kind::Downgrade => {
                self.from.first(self.thread, Instr::Downgrade);
                self.begin_write(value);
            }
            Kind::Wait | Kind::WaitTimeout | Kind::WaitWhile => {
                let wait = Wait {
                    timed: kind == Kind::WaitTimeout,
                    again: kind == Kind::WaitWhile,
                };
                if self.me().held[0] {
                    self.take(Instr::CheckWait(wait));
                } else {
                    self.from.first(self.thread, Instr::CheckWait(wait));
                    self.take(Instr::Lock {
                        mutex: 0,
                        value: None,
                    });
                }
            }
            Kind::NotifyOne if self.from.waiters.is_empty() => self.to(|_, _| ()),
            Kind::NotifyOne => {
                for waiter in self.from.waiters.clone() {
                    self.to(|machine, _| machine.wake(waiter));
                }
            }
            Kind::NotifyAll => self.to(|machine, _| {
                for waiter in machine.waiters.clone() {
                    machine.wake(waiter);
                }
            }),
            _ => return false,
        }
        true
    }

    /// A writer that meets readers begins to wait.
    fn begin_write(&mut self, value: u64) {
        let lock = &self.from.lock;
        let (writer, readers) = (lock.writer, lock.readers > 0);
        self.when(!writer, |machine, me| {
            if readers {
                machine.lock.queued += 1;
                machine.first(me, Instr::WriteQueued(value));
            } else {
                machine.take_whole(me, |old| old * 3 + value);
            }
        });
    }

    pub(super) fn on_locks(&mut self, instr: Instr) {
        match instr {
            Instr::Lock { mutex, value } => {
                let free = !self.from.mutexes[mutex].held;
                self.when(free, |machine, me| {
                    machine.take_mutex(me, mutex, value.map(|value| move |old| old * 3 + value));
                });
            }
            Instr::Unlock(mutex) => self.to(|machine, me| {
                if machine.threads[me].held[mutex] {
                    machine.unlock(me, mutex, false);
                }
            }),
            Instr::WriteQueued(value) => {
                let open = !self.from.lock.closed_to_writers();
                self.when(open, |machine, me| {
                    machine.lock.queued -= 1;
                    machine.take_whole(me, |old| old * 3 + value);
                });
            }
            Instr::Downgrade => self.to(|machine, me| {
                machine.unlock_write(me, false);
                machine.log(me, machine.lock.value);
                machine.lock.readers += 1;
                machine.threads[me].reads += 1;
            }),
            Instr::CheckWait(wait) => self.to(|machine, me| {
                let value = machine.mutexes[0].value;
                if wait.again && value != 0 {
                    machine.log(me, value);
                } else {
                    machine.first(me, Instr::EnterWait(wait));
                }
            }),
            Instr::EnterWait(wait) => self.to(|machine, me| {
                machine.unlock(me, 0, false);
                machine.threads[me].notified = false;
                machine.waiters.push(me);
                machine.first(me, Instr::AwaitSignal(wait));
            }),
            Instr::AwaitSignal(wait) => self.await_signal(wait),
            Instr::Relock { wait, timed_out } => {
                let free = !self.from.mutexes[0].held;
                self.when(free, |machine, me| machine.end_wait(me, wait, timed_out));
            }
            _ => unreachable!("no instruction of a lock"),
        }
    }

    fn await_signal(&mut self, wait: Wait) {
        if self.me().notified {
            let free = !self.from.mutexes[0].held;
            return self.when(free, |machine, me| machine.end_wait(me, wait, false));
        }
        let leave = |timed_out| {
            move |machine: &mut Machine, me: usize| {
                machine.waiters.retain(|other| *other != me);
                machine.first(me, Instr::Relock { wait, timed_out });
            }
        };
        self.when(wait.timed, leave(true));
        self.spuriously(leave(false));
    }
}
