//! Operations on locks, conditions, barriers and things done once.

use std::{
    panic::AssertUnwindSafe,
    sync::{LockResult, TryLockError},
};

use super::{Actor, LIMIT, NONE, PANICS, POISONED};
use crate::{
    oracle::program::{Kind, Op},
    panic::catch_unwind,
    sync::{MutexGuard, RwLockWriteGuard, WaitTimeoutResult, atomic::Ordering::SeqCst, poison::map},
};

impl<'a> Actor<'a> {
    pub(super) fn on_locks(&mut self, op: Op) -> bool {
        self.on_mutexes(op) || self.on_readers_and_writers(op) || self.on_condition(op) || self.on_once(op)
    }

    /// The guard of a lock, poisoned or not.
    fn sound<G>(&self, result: LockResult<G>) -> G {
        result.unwrap_or_else(|poisoned| {
            self.log(POISONED);
            poisoned.into_inner()
        })
    }

    fn on_mutexes(&mut self, op: Op) -> bool {
        let mutex = &self.shared.mutexes[op.object];
        match op.kind {
            Kind::Lock => {
                let mut guard = self.sound(mutex.lock());
                self.log(*guard);
                *guard = *guard * 3 + op.value;
                self.guards[op.object] = Some(guard);
            }
            Kind::Unlock => return self.guards[op.object].take().is_some(),
            Kind::TryLock => match mutex.try_lock() {
                Err(TryLockError::WouldBlock) => self.log(NONE),
                Ok(guard) => self.tried(op, guard),
                Err(TryLockError::Poisoned(poisoned)) => {
                    self.log(POISONED);
                    self.tried(op, poisoned.into_inner());
                }
            },
            Kind::IsPoisoned => self.log(u64::from(mutex.is_poisoned())),
            Kind::ClearPoison => mutex.clear_poison(),
            Kind::Panic => {
                self.log(PANICS);
                self.seen.done.borrow_mut().insert(op.kind);
                panic!("on purpose");
            }
            _ => return false,
        }
        true
    }

    fn tried(&mut self, op: Op, mut guard: MutexGuard<'a, u64>) {
        self.log(*guard);
        *guard = *guard * 7 + op.value;
        self.guards[op.object] = Some(guard);
    }

    fn write(&mut self, value: u64) {
        let mut guard = self.sound(self.shared.lock.write());
        self.log(*guard);
        *guard = *guard * 3 + value;
        self.write = Some(guard);
    }

    fn on_readers_and_writers(&mut self, op: Op) -> bool {
        let lock = &self.shared.lock;
        match op.kind {
            Kind::Read => {
                let guard = self.sound(lock.read());
                self.log(*guard);
                self.reads.push(guard);
            }
            Kind::Write => self.write(op.value),
            Kind::TryRead => match lock.try_read() {
                Err(TryLockError::WouldBlock) => self.log(NONE),
                Ok(guard) => {
                    self.log(*guard);
                    self.reads.push(guard);
                }
                Err(TryLockError::Poisoned(poisoned)) => {
                    let guard = self.sound(Err(poisoned));
                    self.log(*guard);
                    self.reads.push(guard);
                }
            },
            Kind::TryWrite => {
                let tried = match lock.try_write() {
                    Err(TryLockError::WouldBlock) => None,
                    Ok(guard) => Some(guard),
                    Err(TryLockError::Poisoned(poisoned)) => Some(self.sound(Err(poisoned))),
                };
                match tried {
                    None => self.log(NONE),
                    Some(mut guard) => {
                        self.log(*guard);
                        *guard = *guard * 7 + op.value;
                        self.write = Some(guard);
                    }
                }
            }
            Kind::UnlockRead => return self.reads.pop().is_some(),
            Kind::UnlockWrite => return self.write.take().is_some(),
            Kind::Downgrade => {
                if self.write.is_none() {
                    self.write(op.value);
                }
                let Some(guard) = self.write.take() else {
                    return false;
                };
                let guard = RwLockWriteGuard::downgrade(guard);
                self.log(*guard);
                self.reads.push(guard);
            }
            _ => return false,
        }
        true
    }

    fn on_condition(&mut self, op: Op) -> bool {
        let condvar = &self.shared.condvar;
        match op.kind {
            Kind::NotifyOne => condvar.notify_one(),
            Kind::NotifyAll => condvar.notify_all(),
            Kind::Barrier => self.log(u64::from(self.shared.barrier.wait().is_leader())),
            Kind::Wait | Kind::WaitWhile | Kind::WaitTimeout | Kind::WaitTimeoutWhile => {
                let held = self.guards[0].take();
                let guard = held.unwrap_or_else(|| self.sound(self.shared.mutexes[0].lock()));
                let mut timed_out = None;
                let mut both = |(guard, result): (_, WaitTimeoutResult)| {
                    timed_out = Some(result.timed_out());
                    guard
                };
                let zero = |value: &mut u64| *value == 0;
                let result = match op.kind {
                    Kind::Wait => condvar.wait(guard),
                    Kind::WaitWhile => condvar.wait_while(guard, zero),
                    Kind::WaitTimeout => map(condvar.wait_timeout(guard, LIMIT), &mut both),
                    _ => map(condvar.wait_timeout_while(guard, LIMIT, zero), &mut both),
                };
                let guard = self.sound(result);
                self.log(*guard);
                if let Some(timed_out) = timed_out {
                    self.log(u64::from(timed_out));
                }
                self.guards[0] = Some(guard);
            }
            _ => return false,
        }
        true
    }

    fn on_once(&self, op: Op) -> bool {
        let (shared, value) = (self.shared, op.value);
        let (once, cell, atomic) = (&shared.once, &shared.cell, &shared.atomics[op.object]);
        // A call that panics goes no further than here.
        let caught = |call: &dyn Fn()| {
            let result = catch_unwind(AssertUnwindSafe(call));
            self.log(if result.is_ok() { 1 } else { PANICS });
        };
        match op.kind {
            Kind::CallOnce => caught(&|| once.call_once(|| self.log(atomic.fetch_add(value, SeqCst)))),
            Kind::CallOncePanics => caught(&|| {
                once.call_once(|| {
                    self.log(atomic.load(SeqCst));
                    panic!("on purpose");
                });
            }),
            Kind::CallOnceForce => caught(&|| {
                once.call_once_force(|state| {
                    self.log(u64::from(state.is_poisoned()));
                    self.log(atomic.fetch_add(value, SeqCst));
                });
            }),
            Kind::CallOnceAgain => caught(&|| once.call_once(|| once.call_once(|| ()))),
            Kind::IsCompleted => self.log(u64::from(once.is_completed())),
            Kind::OnceWait => caught(&|| once.wait()),
            Kind::Set => self.log(u64::from(cell.set(value).is_ok())),
            Kind::Get => self.log(cell.get().copied().unwrap_or(NONE)),
            Kind::GetOrInit => self.log(*cell.get_or_init(|| value + atomic.load(SeqCst))),
            Kind::WaitForCell => self.log(*cell.wait()),
            Kind::Force => self.log(*shared.lazy),
            _ => return false,
        }
        true
    }
}
