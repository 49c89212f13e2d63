//! The waker that a task is polled with: the loop's own, which also tells where the task waits.
//!
//! Whoever will wake a task keeps a clone of its waker, and makes it where the task waits: the calls on the stack at that time
//! lead from the task's own code to what it waits for. That is all there is to tell where a future stopped.

use std::{
    mem::ManuallyDrop,
    sync::Arc,
    task::{RawWaker, RawWakerVTable, Wake, Waker},
};

use super::turns::Turns;

/// What stands behind a waker.
struct Told {
    inner: Waker,
    turns: Turns,
    task: u32,
}

impl Wake for Told {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        self.inner.wake_by_ref();
    }
}

/// A waker for one turn of `task` that passes on to `inner`.
pub(super) fn of(inner: Waker, turns: Turns, task: u32) -> Waker {
    let told = Arc::new(Told { inner, turns, task });
    // SAFETY: the functions of `VTABLE` keep the contract of `RawWaker` for a pointer from `Arc::into_raw` of this type: each
    // waker owns one count. `Told` is `Send` and `Sync`.
    unsafe { Waker::from_raw(RawWaker::new(Arc::into_raw(told).cast(), &VTABLE)) }
}

static VTABLE: RawWakerVTable = RawWakerVTable::new(clone, wake, wake_by_ref, drop_one);

unsafe fn borrowed(data: *const ()) -> ManuallyDrop<Arc<Told>> {
    // SAFETY: `data` came from `Arc::into_raw` of this type, and its owner lives at least as long as this call; the count that it
    // owns is not taken, for this is never dropped.
    ManuallyDrop::new(unsafe { Arc::from_raw(data.cast()) })
}

unsafe fn clone(data: *const ()) -> RawWaker {
    // SAFETY: as `RawWakerVTable` promises, `data` is a waker's of this table.
    let told = unsafe { borrowed(data) };
    told.turns.awaits(told.task);
    RawWaker::new(Arc::into_raw(Arc::clone(&told)).cast(), &VTABLE)
}

unsafe fn wake(data: *const ()) {
    // SAFETY: this takes the count that the waker owned, and the waker is gone.
    let told = unsafe { Arc::<Told>::from_raw(data.cast()) };
    Wake::wake(told);
}

unsafe fn wake_by_ref(data: *const ()) {
    // SAFETY: as in `clone`.
    let told = unsafe { borrowed(data) };
    Wake::wake_by_ref(&*told);
}

unsafe fn drop_one(data: *const ()) {
    // SAFETY: as in `wake`.
    drop(unsafe { Arc::<Told>::from_raw(data.cast()) });
}
