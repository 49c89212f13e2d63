//! Starting threads.

use std::{
    io,
    panic::Location,
    sync::Arc,
    sync::atomic::{AtomicBool, Ordering::Relaxed},
};

use super::{JoinHandle, Scope, ScopedJoinHandle, handle::Packet, local};
use crate::{
    engine::{self, Loc, Mode, active, give_up, panics, run::arrive, step, with},
    faults::{Fault, planted},
};

/// [`std::thread::spawn`].
#[track_caller]
pub fn spawn<F, T>(f: F) -> JoinHandle<T>
where
    F: FnOnce() -> T + Send + 'static,
    T: Send + 'static,
{
    Builder::new().spawn(f).expect("failed to spawn thread")
}

/// [`std::thread::Builder`].
#[derive(Debug)]
#[must_use = "must eventually spawn the thread"]
pub struct Builder {
    name: Option<String>,
    stack_size: Option<usize>,
    /// Only shown, as std shows it.
    #[expect(dead_code, reason = "read by `Debug`")]
    no_hooks: bool,
}

impl Builder {
    #[expect(clippy::new_without_default, reason = "std's has no default")]
    /// A thread without a name, with a stack of the usual size.
    pub fn new() -> Builder {
        Builder {
            name: None,
            stack_size: None,
            no_hooks: false,
        }
    }

    /// Names the thread.
    pub fn name(mut self, name: String) -> Builder {
        self.name = Some(name);
        self
    }

    /// Sets the size of the stack, in bytes; in an exploration all stacks are alike.
    pub fn stack_size(mut self, size: usize) -> Builder {
        self.stack_size = Some(size);
        self
    }

    /// Starts the thread.
    ///
    /// # Errors
    ///
    /// When the system cannot.
    #[track_caller]
    pub fn spawn<F, T>(self, f: F) -> io::Result<JoinHandle<T>>
    where
        F: FnOnce() -> T + Send + 'static,
        T: Send + 'static,
    {
        if !active() {
            return self.real().spawn(f).map(JoinHandle::real);
        }
        let (id, packet) = start(f, self.checked_name(), Location::caller());
        Ok(JoinHandle::model(id, packet))
    }

    /// As [`Builder::spawn`], for a closure that may borrow.
    ///
    /// # Safety
    ///
    /// What it borrows outlives the thread.
    ///
    /// # Errors
    ///
    /// When the system cannot.
    #[track_caller]
    pub unsafe fn spawn_unchecked<F, T>(self, f: F) -> io::Result<JoinHandle<T>>
    where
        F: FnOnce() -> T + Send,
        T: Send,
    {
        if !active() {
            // SAFETY: the caller promises what is asked for.
            return unsafe { self.real().spawn_unchecked(f) }.map(JoinHandle::real);
        }
        let (id, packet) = start(f, self.checked_name(), Location::caller());
        Ok(JoinHandle::model(id, packet))
    }

    /// Starts the thread in a scope.
    ///
    /// # Errors
    ///
    /// When the system cannot.
    #[track_caller]
    pub fn spawn_scoped<'scope, 'env, F, T>(
        self,
        scope: &'scope Scope<'scope, 'env>,
        f: F,
    ) -> io::Result<ScopedJoinHandle<'scope, T>>
    where
        F: FnOnce() -> T + Send + 'scope,
        T: Send + 'scope,
    {
        scope.start(self, f, Location::caller())
    }

    pub(super) fn real(self) -> std::thread::Builder {
        let mut real = std::thread::Builder::new();
        if let Some(name) = self.name {
            real = real.name(name);
        }
        if let Some(size) = self.stack_size {
            real = real.stack_size(size);
        }
        real
    }

    /// The name, which std does not let contain a zero byte.
    pub(super) fn checked_name(&self) -> Option<Arc<str>> {
        self.name.as_deref().map(|name| {
            assert!(
                !name.contains('\0'),
                "thread name may not contain interior null bytes"
            );
            Arc::from(name)
        })
    }
}

/// Starts a model thread. The caller sees to it that it ends before `'a` does.
pub(super) fn start<'a, F, T>(
    f: F,
    name: Option<Arc<str>>,
    location: Loc,
) -> (engine::ThreadId, Arc<Packet<T>>)
where
    F: FnOnce() -> T + 'a,
    T: 'a,
{
    let packet = Arc::new(Packet::default());
    let theirs = Arc::clone(&packet);
    let body: Box<dyn FnOnce(engine::coroutine::Exit) + 'a> = Box::new(move |exit| {
        arrive(exit);
        let result = panics::catch(f);
        theirs.put(result);
        or_abort(|| drop(theirs));
        depart(location);
    });
    // SAFETY: only the lifetime is changed. A thread of `spawn` borrows nothing; a scope does not return before its threads have
    // ended; and a thread of an execution that stops earlier never runs again, its stack being forgotten.
    let body = unsafe {
        std::mem::transmute::<
            Box<dyn FnOnce(engine::coroutine::Exit) + 'a>,
            Box<dyn FnOnce(engine::coroutine::Exit)>,
        >(body)
    };
    let started = with(|execution| {
        let id = execution.add_thread(name, location, body)?;
        let life = execution.threads[id.index()].life;
        if let Some(event) = execution.record("spawn", Some(life), location) {
            event.threads = vec![id];
        }
        Ok(id)
    });
    match started {
        Ok(id) => (id, packet),
        Err(error) => give_up(error),
    }
}

/// Called last on a thread: destroys its locals and tells who joins it.
///
/// `join` waits for all of that, as it does in std; the end of a scope and `is_finished` only for the closure. Where nobody could
/// tell the two apart, they are one step.
fn depart(location: Loc) {
    let noticeable = with(|execution| execution.thread().locals.iter().any(|local| local.needs_drop));
    if noticeable {
        tell("returns", Mode::Release, location);
    }
    or_abort(local::destroy);
    // A scope that has not waited for this step can end before it or after.
    let apart = noticeable && !planted(Fault::LocalsEndTogether);
    tell("end", if apart { Mode::Write } else { Mode::Release }, location);
}

fn tell(name: &'static str, mode: Mode, location: Loc) {
    let life = with(|execution| execution.thread().life);
    step(name, Some(life), location);
    with(|execution| {
        execution.touch(life, mode);
        execution.progress(life);
        execution.thread().returned = true;
        execution.record(name, Some(life), location);
    });
}

/// The body of the thread that runs the scenario.
pub(crate) fn run_root(exit: engine::coroutine::Exit, scenario: &dyn Fn()) {
    arrive(exit);
    let panicked = panics::catch(scenario).is_err();
    or_abort(local::destroy);
    with(|execution| execution.scenario_panicked |= panicked);
}

/// Runs destructors at a thread's end. Where one panics, std ends the whole program; here the scenario fails.
fn or_abort(destructors: impl FnOnce()) {
    if panics::catch(destructors).is_err() {
        with(|execution| execution.scenario_panicked = true);
    }
}

/// Whether a thread of a scope panicked and nobody has asked for its result.
#[derive(Debug, Default)]
pub(super) struct Unhandled(AtomicBool);

impl Unhandled {
    pub(super) fn set(&self, panicked: bool) {
        self.0.store(panicked, Relaxed);
    }

    pub(super) fn get(&self) -> bool {
        self.0.load(Relaxed)
    }
}
