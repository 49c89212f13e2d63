//! `Condvar`. Who is woken by `notify_one` is a choice, and so is the moment at which a limited wait expires.

use std::{
    fmt,
    panic::{Location, RefUnwindSafe, UnwindSafe},
    sync::LockResult,
    time::Duration,
};

use super::{MutexGuard, poison::map};
use crate::{
    engine::{
        Access, Loc, Mode, Object, ObjectId, Op, Ready, State, ThreadId, Way, active,
        object::{self, Region},
        step, step_when, with, within_reach,
    },
    faults::{Fault, planted},
};

/// [`std::sync::Condvar`].
pub struct Condvar {
    object: Object,
    real: std::sync::Condvar,
}

/// [`std::sync::WaitTimeoutResult`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WaitTimeoutResult(bool);

impl WaitTimeoutResult {
    /// Whether the wait ended because its time was over.
    pub fn timed_out(&self) -> bool {
        self.0
    }
}

impl UnwindSafe for Condvar {}
impl RefUnwindSafe for Condvar {}

/// How a wait ended.
enum Woken {
    ByNotification,
    ByTime,
    Spuriously,
}

impl Condvar {
    /// A condition variable that nobody waits on.
    #[track_caller]
    pub const fn new() -> Self {
        Condvar {
            object: Object::new(Location::caller()),
            real: std::sync::Condvar::new(),
        }
    }

    /// Gives the mutex back and waits for a notification, then takes the mutex again.
    ///
    /// # Errors
    ///
    /// The guard all the same, when the mutex is poisoned.
    #[track_caller]
    pub fn wait<'a, T>(&self, guard: MutexGuard<'a, T>) -> LockResult<MutexGuard<'a, T>> {
        if active() {
            return map(
                self.wait_model("wait", guard, None, Location::caller()),
                |(guard, _)| guard,
            );
        }
        let (lock, real) = guard.into_parts();
        let real = real.expect("a guard outside an exploration has the real one");
        map(self.real.wait(real), |real| MutexGuard::from_real(lock, real))
    }

    /// Waits as long as `condition` holds.
    ///
    /// # Errors
    ///
    /// The guard all the same, when the mutex is poisoned.
    #[track_caller]
    pub fn wait_while<'a, T, F>(
        &self,
        guard: MutexGuard<'a, T>,
        mut condition: F,
    ) -> LockResult<MutexGuard<'a, T>>
    where
        F: FnMut(&mut T) -> bool,
    {
        let mut guard = guard;
        while condition(guard.peek_mut()) {
            guard = self.wait(guard)?;
        }
        Ok(guard)
    }

    /// As [`Condvar::wait`], for a limited time.
    ///
    /// # Errors
    ///
    /// The same all the same, when the mutex is poisoned.
    #[track_caller]
    pub fn wait_timeout<'a, T>(
        &self,
        guard: MutexGuard<'a, T>,
        limit: Duration,
    ) -> LockResult<(MutexGuard<'a, T>, WaitTimeoutResult)> {
        if active() {
            return self.wait_model("wait_timeout", guard, Some(limit), Location::caller());
        }
        let (lock, real) = guard.into_parts();
        let real = real.expect("a guard outside an exploration has the real one");
        map(self.real.wait_timeout(real, limit), |(real, result)| {
            (
                MutexGuard::from_real(lock, real),
                WaitTimeoutResult(result.timed_out()),
            )
        })
    }

    /// As [`Condvar::wait_timeout`].
    ///
    /// # Errors
    ///
    /// The same all the same, when the mutex is poisoned.
    #[deprecated = "replaced by `std::sync::Condvar::wait_timeout`"]
    #[track_caller]
    pub fn wait_timeout_ms<'a, T>(
        &self,
        guard: MutexGuard<'a, T>,
        ms: u32,
    ) -> LockResult<(MutexGuard<'a, T>, bool)> {
        let limit = Duration::from_millis(u64::from(ms));
        map(self.wait_timeout(guard, limit), |(guard, result)| {
            (guard, !result.timed_out())
        })
    }

    /// As [`Condvar::wait_while`], for a limited time.
    ///
    /// # Errors
    ///
    /// The same all the same, when the mutex is poisoned.
    #[track_caller]
    pub fn wait_timeout_while<'a, T, F>(
        &self,
        guard: MutexGuard<'a, T>,
        limit: Duration,
        mut condition: F,
    ) -> LockResult<(MutexGuard<'a, T>, WaitTimeoutResult)>
    where
        F: FnMut(&mut T) -> bool,
    {
        let start = crate::time::Instant::now();
        let mut guard = guard;
        loop {
            if !condition(guard.peek_mut()) {
                return Ok((guard, WaitTimeoutResult(false)));
            }
            let Some(rest) = limit.checked_sub(start.elapsed()).filter(|rest| !rest.is_zero()) else {
                return Ok((guard, WaitTimeoutResult(true)));
            };
            guard = self.wait_timeout(guard, rest)?.0;
        }
    }

    /// Wakes one thread that waits, if any does.
    #[track_caller]
    pub fn notify_one(&self) {
        if !active() {
            return self.real.notify_one();
        }
        let location = Location::caller();
        let id = self.id();
        let op = Op {
            name: "notify_one",
            object: Some(id),
            location,
            wants: &[],
            joins: &[],
            limit: None,
        };
        let way = step_when(&op, &|execution| {
            let waiting = execution.state(id).condvar().waiters.len();
            Ready {
                go: u8::try_from(waiting.max(1)).unwrap_or(u8::MAX),
                ..Ready::BLOCKED
            }
        });
        let chosen = match way {
            Way::Go(index) if !planted(Fault::OldestWaiter) => usize::from(index),
            _ => 0,
        };
        let waiter = with(|execution| execution.state(id).condvar().waiters.get(chosen).copied());
        wake(id, waiter.as_slice(), "notify_one", location);
    }

    /// Wakes every thread that waits.
    #[track_caller]
    pub fn notify_all(&self) {
        if !active() {
            return self.real.notify_all();
        }
        let location = Location::caller();
        let id = self.id();
        step("notify_all", Some(id), location);
        let mut waiters = with(|execution| execution.state(id).condvar().waiters.clone());
        if planted(Fault::NotifyAllWakesOne) {
            waiters.truncate(1);
        }
        wake(id, &waiters, "notify_all", location);
    }

    fn id(&self) -> ObjectId {
        self.object.id("Condvar", Region::of(self), || {
            State::Condvar(object::Condvar::default())
        })
    }

    fn wait_model<'a, T: ?Sized>(
        &self,
        name: &'static str,
        guard: MutexGuard<'a, T>,
        limit: Option<Duration>,
        location: Loc,
    ) -> LockResult<(MutexGuard<'a, T>, WaitTimeoutResult)> {
        let id = self.id();
        let Some(mutex) = guard.model_id() else {
            crate::engine::give_up(crate::Error::Foreign {
                kind: "MutexGuard",
                used: location.into(),
            })
        };
        let mut guard = Some(guard);
        let early = guard
            .take_if(|_| planted(Fault::WaitsLate))
            .map(MutexGuard::release_within);
        step(name, Some(id), location);
        let (me, signal) = with(|execution| {
            execution.touch(id, Mode::Write);
            execution.progress(id);
            let me = execution.running;
            execution.state_mut(id).condvar_mut().waiters.push(me);
            execution.thread().notified = false;
            execution.record(name, Some(id), location);
            (me, execution.thread().signal)
        });
        let Some(lock) = early.or_else(|| guard.map(MutexGuard::release_within)) else {
            unreachable!("it is given back once, early or now")
        };
        let woken = wait_for_signal(id, mutex, me, signal, limit, location);
        if !matches!(woken, Woken::ByNotification) {
            // It has left the queue, and takes the mutex as anybody does.
            let op = Op {
                name: "lock",
                object: Some(mutex),
                location,
                wants: &[Access {
                    object: mutex,
                    mode: Mode::Acquire,
                }],
                joins: &[],
                limit: None,
            };
            step_when(&op, &|execution| {
                Ready::when(execution.state(mutex).mutex().holder.is_none())
            });
        }
        map(lock.take_within("relock", mutex, location), |guard| {
            (guard, WaitTimeoutResult(matches!(woken, Woken::ByTime)))
        })
    }
}

/// Waits to be woken. Woken by a notification, the thread goes on when the mutex is free, and holds it then; otherwise it
/// leaves the queue first, so that a notification that comes later goes to somebody else.
fn wait_for_signal(
    id: ObjectId,
    mutex: ObjectId,
    me: ThreadId,
    signal: ObjectId,
    limit: Option<Duration>,
    location: Loc,
) -> Woken {
    let limit = within_reach(limit);
    let wants = [signal, mutex].map(|object| Access {
        object,
        mode: Mode::Acquire,
    });
    let op = Op {
        name: if limit.is_some() { "wait_timeout" } else { "wait" },
        object: Some(id),
        location,
        wants: &wants,
        joins: &[],
        limit,
    };
    with(|execution| execution.may_wake_spuriously = true);
    let way = step_when(&op, &|execution| {
        let thread = &execution.threads[me.index()];
        if thread.notified {
            return Ready::when(execution.state(mutex).mutex().holder.is_none());
        }
        Ready {
            go: 0,
            expire: limit.is_some() && !planted(Fault::NeverExpires),
            spurious: thread.spurious_left > 0 && !planted(Fault::NeverSpurious),
        }
    });
    with(|execution| {
        if let Way::Go(_) = way {
            execution.touch(signal, Mode::Acquire);
            execution.record("woken", Some(id), location);
            return Woken::ByNotification;
        }
        if !planted(Fault::DropExpiries) {
            execution.touch(id, Mode::Write);
        }
        execution
            .state_mut(id)
            .condvar_mut()
            .waiters
            .retain(|waiter| *waiter != me);
        let (woken, note) = if way == Way::Expire {
            (Woken::ByTime, "timed out")
        } else {
            execution.thread().spurious_left -= 1;
            (Woken::Spuriously, "woke without a reason")
        };
        if let Some(event) = execution.record("woken", Some(id), location) {
            event.note = Some(note);
        }
        woken
    })
}

fn wake(id: ObjectId, waiters: &[ThreadId], name: &'static str, location: Loc) {
    with(|execution| {
        if !planted(Fault::DropNotifications) {
            execution.touch(
                id,
                if waiters.is_empty() {
                    Mode::Read
                } else {
                    Mode::Write
                },
            );
        }
        if !waiters.is_empty() {
            execution.progress(id);
        }
        for waiter in waiters {
            let signal = execution.threads[waiter.index()].signal;
            execution.touch(signal, Mode::Release);
            execution.threads[waiter.index()].notified = true;
        }
        let state = execution.state_mut(id).condvar_mut();
        state.waiters.retain(|waiter| !waiters.contains(waiter));
        if let Some(event) = execution.record(name, Some(id), location) {
            event.threads = waiters.to_vec();
            event.note = waiters.is_empty().then_some("nobody is waiting");
        }
    });
}

impl fmt::Debug for Condvar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Condvar").finish_non_exhaustive()
    }
}

impl Default for Condvar {
    #[track_caller]
    fn default() -> Self {
        Condvar::new()
    }
}
