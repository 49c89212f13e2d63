//! Waiting for a thread's end and taking its result.

use std::{
    fmt,
    marker::PhantomData,
    panic::Location,
    sync::{Arc, Mutex, PoisonError},
};

use super::{Result, Thread, spawn::Unhandled};
use crate::{
    engine::{self, Access, Loc, Mode, Op, Ready, active, on_its_side, step, step_when, with},
    faults::{Fault, planted},
};

/// Where a thread leaves its result.
pub(super) struct Packet<T> {
    result: Mutex<Option<Result<T>>>,
    pub(super) unhandled: Arc<Unhandled>,
}

impl<T> Default for Packet<T> {
    fn default() -> Self {
        Packet {
            result: Mutex::new(None),
            unhandled: Arc::default(),
        }
    }
}

impl<T> Packet<T> {
    pub(super) fn put(&self, result: Result<T>) {
        self.unhandled.set(result.is_err());
        *self.result.lock().unwrap_or_else(PoisonError::into_inner) = Some(result);
    }

    pub(super) fn take(&self) -> Result<T> {
        self.unhandled.set(false);
        let result = self.result.lock().unwrap_or_else(PoisonError::into_inner).take();
        result.expect("a thread that has ended left its result, and a handle takes it once")
    }
}

/// A result that nobody took is dropped by the thread or by the owner of its handle, whoever comes last, and neither coming
/// leaves a footprint: where its end can be noticed, no search is exhaustive.
impl<T> Drop for Packet<T> {
    fn drop(&mut self) {
        let result = self
            .result
            .get_mut()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        if result.is_none() || !active() {
            return;
        }
        let so_far = || with(|execution| (execution.deeds, execution.step));
        let before = so_far();
        // Should the destructor panic, that stays.
        let unsure = with(|execution| std::mem::replace(&mut execution.unsure, true));
        drop(result);
        if so_far() == before {
            with(|execution| execution.unsure = unsure);
        }
    }
}

/// [`std::thread::JoinHandle`].
pub struct JoinHandle<T>(Inner<T>);

enum Inner<T> {
    Real {
        thread: Thread,
        handle: std::thread::JoinHandle<T>,
    },
    /// A real thread of a scope: it hands its result over in a packet.
    Scoped {
        thread: Thread,
        handle: std::thread::JoinHandle<()>,
        packet: Arc<Packet<T>>,
    },
    Model {
        thread: Thread,
        id: engine::ThreadId,
        packet: Arc<Packet<T>>,
    },
}

// SAFETY: as std's handle, it gives nothing of `T` away but by value, to one owner; the model's parts are only
// used by model threads, which all live on one operating-system thread.
unsafe impl<T> Send for JoinHandle<T> {}
// SAFETY: as above; a shared handle gives access to the `Thread` only.
unsafe impl<T> Sync for JoinHandle<T> {}

impl<T> JoinHandle<T> {
    pub(super) fn real(real: std::thread::JoinHandle<T>) -> Self {
        let thread = Thread::real(real.thread().clone());
        JoinHandle(Inner::Real { thread, handle: real })
    }

    pub(super) fn scoped(handle: std::thread::JoinHandle<()>, packet: Arc<Packet<T>>) -> Self {
        let thread = Thread::real(handle.thread().clone());
        JoinHandle(Inner::Scoped {
            thread,
            handle,
            packet,
        })
    }

    pub(super) fn model(id: engine::ThreadId, packet: Arc<Packet<T>>) -> Self {
        let thread = Thread::model(id);
        JoinHandle(Inner::Model { thread, id, packet })
    }

    /// A handle to the thread.
    pub fn thread(&self) -> &Thread {
        match &self.0 {
            Inner::Real { thread, .. } | Inner::Scoped { thread, .. } | Inner::Model { thread, .. } => thread,
        }
    }

    /// Waits for the thread to end.
    ///
    /// # Errors
    ///
    /// The payload, when the thread panicked.
    #[track_caller]
    pub fn join(self) -> Result<T> {
        on_its_side("JoinHandle", self.thread().epoch());
        match self.0 {
            Inner::Real { handle, .. } => handle.join(),
            Inner::Scoped { handle, packet, .. } => {
                handle.join()?;
                packet.take()
            }
            Inner::Model { id, packet, .. } => {
                join(id, Location::caller());
                packet.take()
            }
        }
    }

    /// Whether the thread has ended.
    #[track_caller]
    pub fn is_finished(&self) -> bool {
        on_its_side("JoinHandle", self.thread().epoch());
        match &self.0 {
            Inner::Real { handle, .. } => handle.is_finished(),
            Inner::Scoped { handle, .. } => handle.is_finished(),
            Inner::Model { id, .. } => is_finished(*id, Location::caller()),
        }
    }
}

impl<T> fmt::Debug for JoinHandle<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("JoinHandle").finish_non_exhaustive()
    }
}

/// [`std::thread::ScopedJoinHandle`]. It is `Send` and `Sync` when `T` is `Send`, as a mutex is.
pub struct ScopedJoinHandle<'scope, T>(JoinHandle<T>, PhantomData<(&'scope (), Mutex<T>)>);

impl<T> ScopedJoinHandle<'_, T> {
    pub(super) fn new(handle: JoinHandle<T>) -> Self {
        ScopedJoinHandle(handle, PhantomData)
    }

    /// A handle to the thread.
    pub fn thread(&self) -> &Thread {
        self.0.thread()
    }

    /// Waits for the thread to end.
    ///
    /// # Errors
    ///
    /// The payload, when the thread panicked.
    #[track_caller]
    pub fn join(self) -> Result<T> {
        self.0.join()
    }

    /// Whether the thread has ended.
    #[track_caller]
    pub fn is_finished(&self) -> bool {
        self.0.is_finished()
    }
}

impl<T> fmt::Debug for ScopedJoinHandle<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ScopedJoinHandle").finish_non_exhaustive()
    }
}

fn join(id: engine::ThreadId, location: Loc) {
    let life = with(|execution| execution.threads[id.index()].life);
    let op = Op {
        name: "join",
        object: Some(life),
        location,
        wants: &[Access {
            object: life,
            mode: Mode::Acquire,
        }],
        joins: &[id],
        limit: None,
    };
    step_when(&op, &|execution| {
        let thread = &execution.threads[id.index()];
        Ready::when(thread.finished || (thread.returned && planted(Fault::JoinsEarly)))
    });
    with(|execution| {
        execution.touch(life, Mode::Acquire);
        execution.progress(life);
        if let Some(event) = execution.record("join", Some(life), location) {
            event.threads = vec![id];
        }
    });
}

fn is_finished(id: engine::ThreadId, location: Loc) -> bool {
    let life = with(|execution| execution.threads[id.index()].life);
    step("is_finished", Some(life), location);
    with(|execution| {
        execution.touch(life, Mode::Read);
        execution.observe(Some(life), location);
        let finished = execution.threads[id.index()].returned;
        if let Some(event) = execution.record("is_finished", Some(life), location) {
            event.read = Some(finished.to_string());
            event.threads = vec![id];
        }
        finished
    })
}
