//! A model thread is a coroutine: it runs until its next operation and hands control back.

use std::cell::RefCell;

use corosensei::{Coroutine, CoroutineResult, Yielder, stack::DefaultStack};

/// Bytes of stack per thread, as std's threads have. Only the pages that are touched cost memory; beneath lies a guard page.
const STACK: usize = 2 * 1024 * 1024;

/// How many stacks are kept for the next execution.
const KEPT: usize = 64;

thread_local! {
    /// Stacks of finished threads. Mapping a stack costs more than a short execution does.
    static SPARE: RefCell<Vec<DefaultStack>> = const { RefCell::new(Vec::new()) };
}

type Suspend = Yielder<(), ()>;

/// A thread that can be stopped in the middle and resumed.
pub(crate) struct Fiber {
    coroutine: Option<Coroutine<(), (), (), DefaultStack>>,
}

/// The way back to the scheduler, as seen from inside a [`Fiber`].
#[derive(Clone, Copy)]
pub(crate) struct Exit(*const Suspend);

impl Fiber {
    /// A fiber that will run `body`, which must not unwind.
    ///
    /// # Errors
    ///
    /// When no memory can be had for its stack.
    pub(crate) fn new(body: Box<dyn FnOnce(Exit)>) -> std::io::Result<Self> {
        let stack = match SPARE.with_borrow_mut(Vec::pop) {
            Some(stack) => stack,
            None => DefaultStack::new(STACK)?,
        };
        Ok(Fiber {
            coroutine: Some(Coroutine::with_stack(stack, move |suspend: &Suspend, ()| {
                body(Exit(suspend))
            })),
        })
    }

    /// Runs until the fiber suspends (`false`) or ends (`true`).
    pub(crate) fn resume(&mut self) -> bool {
        let Some(coroutine) = &mut self.coroutine else {
            return true;
        };
        if let CoroutineResult::Yield(()) = coroutine.resume(()) {
            return false;
        }
        if let Some(coroutine) = self.coroutine.take() {
            keep(coroutine.into_stack());
        }
        true
    }
}

impl Exit {
    /// Hands control back to whoever resumed the fiber, until it is resumed again.
    ///
    /// # Safety
    ///
    /// Must be called on the very fiber that was given this exit.
    pub(crate) unsafe fn suspend(self) {
        // SAFETY: the yielder lives on the fiber's stack as long as the fiber has not ended, and the caller
        // is running on that fiber.
        unsafe { (*self.0).suspend(()) }
    }
}

impl Drop for Fiber {
    /// What a thread that never ended had on its stack is leaked: to unwind it would run destructors of the
    /// learner's code without the threads that they may wait for.
    fn drop(&mut self) {
        let Some(mut coroutine) = self.coroutine.take() else {
            return;
        };
        if !coroutine.done() {
            // SAFETY: everything on the stack is forgotten, and the stack is used again. References to it from
            // elsewhere are never followed: the other threads of this execution never run again, and its
            // objects that live on in statics are put back as they were.
            unsafe { coroutine.force_reset() };
            keep(coroutine.into_stack());
        }
    }
}

/// Keeps a stack for the next thread.
fn keep(stack: DefaultStack) {
    SPARE.with_borrow_mut(|spare| {
        if spare.len() < KEPT {
            spare.push(stack);
        }
    });
}
