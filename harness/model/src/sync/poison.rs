//! What the locks share: results that carry a guard.

use std::sync::{LockResult, PoisonError, TryLockError, TryLockResult};

/// A guard as a result that says whether the lock is poisoned.
pub(super) fn guarded<G>(guard: G, poisoned: bool) -> LockResult<G> {
    if poisoned {
        Err(PoisonError::new(guard))
    } else {
        Ok(guard)
    }
}

/// Wraps the guard in a result of the real lock.
pub(crate) fn map<A, B>(result: LockResult<A>, wrap: impl FnOnce(A) -> B) -> LockResult<B> {
    match result {
        Ok(guard) => Ok(wrap(guard)),
        Err(poisoned) => Err(PoisonError::new(wrap(poisoned.into_inner()))),
    }
}

/// Wraps the guard in a result of the real lock.
pub(super) fn try_map<A, B>(result: TryLockResult<A>, wrap: impl FnOnce(A) -> B) -> TryLockResult<B> {
    match result {
        Ok(guard) => Ok(wrap(guard)),
        Err(TryLockError::Poisoned(poisoned)) => Err(TryLockError::Poisoned(PoisonError::new(wrap(
            poisoned.into_inner(),
        )))),
        Err(TryLockError::WouldBlock) => Err(TryLockError::WouldBlock),
    }
}

/// The real guard of a lock that the model knows to be free. The real lock's own flag of poison is not asked: it
/// cannot tell one model thread from another.
pub(super) fn uncontended<G>(result: TryLockResult<G>) -> G {
    match result {
        Ok(guard) => guard,
        Err(TryLockError::Poisoned(poisoned)) => poisoned.into_inner(),
        Err(TryLockError::WouldBlock) => unreachable!("the model let a thread in, so the lock is free"),
    }
}
