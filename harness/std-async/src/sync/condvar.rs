use kata_calls::event_loop;
use real_std::{
    sync::{self as real, LockResult, PoisonError, WaitTimeoutResult},
    time::Duration,
};

use super::{Held, MutexGuard, NOTIFY};

/// std's `Condvar`.
#[derive(Default)]
pub struct Condvar {
    real: real::Condvar,
}

crate::debug_as_real!(Condvar);

impl Condvar {
    /// std's `Condvar::new`.
    pub const fn new() -> Condvar {
        Condvar {
            real: real::Condvar::new(),
        }
    }

    /// std's `Condvar::wait`.
    #[track_caller]
    pub fn wait<'a, T>(&self, guard: MutexGuard<'a, T>) -> LockResult<MutexGuard<'a, T>> {
        event_loop::blocks("Condvar::wait", NOTIFY);
        let (held, guard) = guard.into_parts();
        again(held, self.real.wait(guard))
    }

    /// std's `Condvar::wait_while`.
    #[track_caller]
    pub fn wait_while<'a, T, F>(
        &self,
        guard: MutexGuard<'a, T>,
        condition: F,
    ) -> LockResult<MutexGuard<'a, T>>
    where
        F: FnMut(&mut T) -> bool,
    {
        event_loop::blocks("Condvar::wait_while", NOTIFY);
        let (held, guard) = guard.into_parts();
        again(held, self.real.wait_while(guard, condition))
    }

    /// std's `Condvar::wait_timeout`.
    #[track_caller]
    pub fn wait_timeout<'a, T>(
        &self,
        guard: MutexGuard<'a, T>,
        duration: Duration,
    ) -> LockResult<(MutexGuard<'a, T>, WaitTimeoutResult)> {
        event_loop::blocks("Condvar::wait_timeout", NOTIFY);
        let (held, guard) = guard.into_parts();
        timed(held, self.real.wait_timeout(guard, duration))
    }

    /// std's `Condvar::wait_timeout_ms`.
    #[deprecated(note = "replaced by `std::sync::Condvar::wait_timeout`")]
    #[track_caller]
    pub fn wait_timeout_ms<'a, T>(
        &self,
        guard: MutexGuard<'a, T>,
        milliseconds: u32,
    ) -> LockResult<(MutexGuard<'a, T>, bool)> {
        event_loop::blocks("Condvar::wait_timeout_ms", NOTIFY);
        let (held, guard) = guard.into_parts();
        let waited = self
            .real
            .wait_timeout(guard, Duration::from_millis(milliseconds.into()));
        let in_time = |(guard, waited): (_, WaitTimeoutResult)| (guard, !waited.timed_out());
        match timed(held, waited) {
            Ok(waited) => Ok(in_time(waited)),
            Err(poisoned) => Err(PoisonError::new(in_time(poisoned.into_inner()))),
        }
    }

    /// std's `Condvar::wait_timeout_while`.
    #[track_caller]
    pub fn wait_timeout_while<'a, T, F>(
        &self,
        guard: MutexGuard<'a, T>,
        duration: Duration,
        condition: F,
    ) -> LockResult<(MutexGuard<'a, T>, WaitTimeoutResult)>
    where
        F: FnMut(&mut T) -> bool,
    {
        event_loop::blocks("Condvar::wait_timeout_while", NOTIFY);
        let (held, guard) = guard.into_parts();
        timed(held, self.real.wait_timeout_while(guard, duration, condition))
    }

    /// std's `Condvar::notify_one`.
    pub fn notify_one(&self) {
        self.real.notify_one();
    }

    /// std's `Condvar::notify_all`.
    pub fn notify_all(&self) {
        self.real.notify_all();
    }
}

/// The guard after a wait, which the same thread holds as before.
fn again<'a, T>(
    held: Held<'a>,
    waited: LockResult<real::MutexGuard<'a, T>>,
) -> LockResult<MutexGuard<'a, T>> {
    match waited {
        Ok(guard) => Ok(MutexGuard::from_parts(held, guard)),
        Err(poisoned) => Err(PoisonError::new(MutexGuard::from_parts(
            held,
            poisoned.into_inner(),
        ))),
    }
}

fn timed<'a, T>(
    held: Held<'a>,
    waited: LockResult<(real::MutexGuard<'a, T>, WaitTimeoutResult)>,
) -> LockResult<(MutexGuard<'a, T>, WaitTimeoutResult)> {
    match waited {
        Ok((guard, waited)) => Ok((MutexGuard::from_parts(held, guard), waited)),
        Err(poisoned) => {
            let (guard, waited) = poisoned.into_inner();
            Err(PoisonError::new((MutexGuard::from_parts(held, guard), waited)))
        }
    }
}
