//! The threads of this process.

use std::{
    collections::BTreeSet,
    sync::{Mutex, MutexGuard, PoisonError},
    task::Waker,
};

/// The threads that exist, by their numbers; none where there is no way to know.
pub(crate) fn alive() -> BTreeSet<u64> {
    kata_alloc::threads::alive().unwrap_or_default()
}

/// How many have been started so far.
pub(crate) fn started() -> u64 {
    kata_alloc::threads::started()
}

/// Who wants to know that a thread has ended.
static WAITING: Mutex<Vec<Waker>> = Mutex::new(Vec::new());

/// Wakes `waker` once, when the next thread has ended.
pub(crate) fn wake_when_one_ends(waker: Waker) {
    kata_alloc::threads::when_one_ends(|| {
        // Who is woken may want to wait again.
        let woken = std::mem::take(&mut *waiting());
        woken.into_iter().for_each(Waker::wake);
    });
    waiting().push(waker);
}

fn waiting() -> MutexGuard<'static, Vec<Waker>> {
    WAITING.lock().unwrap_or_else(PoisonError::into_inner)
}
