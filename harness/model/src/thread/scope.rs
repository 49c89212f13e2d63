//! Threads that borrow.

use std::{
    fmt, io,
    marker::PhantomData,
    panic::Location,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{
            AtomicUsize,
            Ordering::{Acquire, Relaxed, Release},
        },
    },
};

use super::{
    Builder, JoinHandle, ScopedJoinHandle,
    handle::Packet,
    spawn::{Unhandled, start},
};
use crate::engine::{self, Access, Loc, Mode, Op, Ready, active, step_when, with};

/// [`std::thread::Scope`].
pub struct Scope<'scope, 'env: 'scope> {
    children: Mutex<Vec<Child>>,
    running: Arc<Running>,
    scope: PhantomData<&'scope mut &'scope ()>,
    env: PhantomData<&'env mut &'env ()>,
}

/// A thread of a scope, which waits for it and asks whether it panicked unheard.
struct Child {
    /// `None` outside an exploration: there the scope counts.
    id: Option<engine::ThreadId>,
    unhandled: Arc<Unhandled>,
}

/// How many real threads of a scope still run, and whom to wake when none does.
struct Running {
    count: AtomicUsize,
    waiter: std::thread::Thread,
}

/// [`std::thread::scope`].
///
/// # Panics
///
/// When a thread of the scope panicked and its result was not asked for, and when `f` does.
#[track_caller]
pub fn scope<'env, F, T>(f: F) -> T
where
    F: for<'scope> FnOnce(&'scope Scope<'scope, 'env>) -> T,
{
    let location = Location::caller();
    let scope = Scope {
        children: Mutex::new(Vec::new()),
        running: Arc::new(Running {
            count: AtomicUsize::new(0),
            waiter: std::thread::current(),
        }),
        scope: PhantomData,
        env: PhantomData,
    };
    let result = crate::panic::catch_unwind(std::panic::AssertUnwindSafe(|| f(&scope)));
    let unheard = scope.wait(location);
    match result {
        Err(payload) => crate::panic::resume_unwind(payload),
        Ok(_) if unheard => panic!("a scoped thread panicked"),
        Ok(result) => result,
    }
}

impl<'scope, 'env> Scope<'scope, 'env> {
    /// Starts a thread that the scope waits for.
    #[track_caller]
    pub fn spawn<F, T>(&'scope self, f: F) -> ScopedJoinHandle<'scope, T>
    where
        F: FnOnce() -> T + Send + 'scope,
        T: Send + 'scope,
    {
        self.start(Builder::new(), f, Location::caller())
            .expect("failed to spawn thread")
    }

    pub(super) fn start<F, T>(
        &'scope self,
        builder: Builder,
        f: F,
        location: Loc,
    ) -> io::Result<ScopedJoinHandle<'scope, T>>
    where
        F: FnOnce() -> T + Send + 'scope,
        T: Send + 'scope,
    {
        let (child, handle) = if active() {
            let (id, packet) = start(f, builder.checked_name(), location);
            let unhandled = Arc::clone(&packet.unhandled);
            (
                Child {
                    id: Some(id),
                    unhandled,
                },
                JoinHandle::model(id, packet),
            )
        } else {
            let packet = Arc::new(Packet::default());
            let unhandled = Arc::clone(&packet.unhandled);
            let handle = self.start_real(builder, f, Arc::clone(&packet))?;
            (Child { id: None, unhandled }, JoinHandle::scoped(handle, packet))
        };
        self.children
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(child);
        Ok(ScopedJoinHandle::new(handle))
    }

    fn start_real<F, T>(
        &self,
        builder: Builder,
        f: F,
        packet: Arc<Packet<T>>,
    ) -> io::Result<std::thread::JoinHandle<()>>
    where
        F: FnOnce() -> T + Send + 'scope,
        T: Send + 'scope,
    {
        let running = Arc::clone(&self.running);
        running.count.fetch_add(1, Relaxed);
        let body = {
            let running = Arc::clone(&running);
            move || {
                packet.put(std::panic::catch_unwind(std::panic::AssertUnwindSafe(f)));
                drop(packet);
                running.leave();
            }
        };
        // SAFETY: what the thread borrows outlives the scope, which does not return before its count of running
        // threads is zero; after counting itself out, the thread touches nothing that is borrowed.
        let handle = unsafe { builder.real().spawn_unchecked(body) };
        if handle.is_err() {
            running.count.fetch_sub(1, Relaxed);
        }
        handle
    }

    /// Waits for all threads; says whether one panicked and nobody asked for its result.
    fn wait(&self, location: Loc) -> bool {
        if active() {
            self.wait_model(location);
        }
        while self.running.count.load(Acquire) > 0 {
            std::thread::park();
        }
        let children = self.children.lock().unwrap_or_else(PoisonError::into_inner);
        children.iter().any(|child| child.unhandled.get())
    }

    /// Waits for all model threads. A thread may start others as long as it runs, so the list is read again.
    fn wait_model(&self, location: Loc) {
        loop {
            let ids: Vec<engine::ThreadId> = {
                let children = self.children.lock().unwrap_or_else(PoisonError::into_inner);
                children.iter().filter_map(|child| child.id).collect()
            };
            if ids.is_empty() {
                return;
            }
            let lives: Vec<engine::ObjectId> =
                with(|execution| ids.iter().map(|id| execution.threads[id.index()].life).collect());
            let wants: Vec<Access> = lives
                .iter()
                .map(|life| Access {
                    object: *life,
                    mode: Mode::Acquire,
                })
                .collect();
            let op = Op {
                name: "scope ends",
                object: None,
                location,
                wants: &wants,
                joins: &ids,
                limit: None,
            };
            step_when(&op, &|execution| {
                Ready::when(ids.iter().all(|id| execution.threads[id.index()].returned))
            });
            with(|execution| {
                for life in &lives {
                    execution.touch(*life, Mode::Acquire);
                }
                execution.last_progress = execution.step;
                if let Some(event) = execution.record("scope ends", None, location) {
                    event.threads.clone_from(&ids);
                }
            });
            let known = self.children.lock().unwrap_or_else(PoisonError::into_inner).len();
            if known == ids.len() {
                return;
            }
        }
    }
}

impl Running {
    fn leave(&self) {
        let waiter = self.waiter.clone();
        if self.count.fetch_sub(1, Release) == 1 {
            waiter.unpark();
        }
    }
}

impl fmt::Debug for Scope<'_, '_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Scope").finish_non_exhaustive()
    }
}
