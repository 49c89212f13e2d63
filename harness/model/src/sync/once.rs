//! `Once`, and the state machine that it shares with `OnceLock` and `LazyLock`.

use std::{
    fmt,
    marker::PhantomData,
    panic::{Location, RefUnwindSafe, UnwindSafe},
};

use crate::{
    engine::{
        Access, Loc, Mode, Object, ObjectId, Op, Ready, State, active,
        object::{self, Region},
        panics, step, step_when, with,
    },
    faults::{Fault, planted},
};

/// [`std::sync::Once`].
pub struct Once {
    gate: Gate,
    real: std::sync::Once,
}

/// [`std::sync::OnceState`].
pub struct OnceState {
    poisoned: bool,
    /// std's is not `Sync`.
    unshared: PhantomData<std::cell::Cell<()>>,
}

/// [`std::sync::ONCE_INIT`].
#[deprecated = "the `Once::new()` function is now preferred"]
#[expect(
    clippy::declare_interior_mutable_const,
    reason = "std has it, so the facade has it"
)]
pub const ONCE_INIT: Once = Once::new();

impl UnwindSafe for Once {}
impl RefUnwindSafe for Once {}

impl Once {
    /// One that has not been called.
    #[expect(clippy::new_without_default, reason = "std's has no default")]
    #[track_caller]
    pub const fn new() -> Self {
        Once {
            gate: Gate::new(Location::caller()),
            real: std::sync::Once::new(),
        }
    }

    /// Runs `f` if nobody has; waits while another thread runs its own.
    ///
    /// # Panics
    ///
    /// When an earlier call panicked.
    #[track_caller]
    pub fn call_once<F: FnOnce()>(&self, f: F) {
        if !active() {
            return self.real.call_once(f);
        }
        let id = self.id();
        self.gate.enter("call_once", id, false, Location::caller(), |_| {
            f();
            || ()
        });
    }

    /// As [`Once::call_once`], also when an earlier call panicked.
    #[track_caller]
    pub fn call_once_force<F: FnOnce(&OnceState)>(&self, f: F) {
        if !active() {
            return self.real.call_once_force(|real| {
                f(&OnceState {
                    poisoned: real.is_poisoned(),
                    unshared: PhantomData,
                });
            });
        }
        let id = self.id();
        self.gate
            .enter("call_once_force", id, true, Location::caller(), |state| {
                f(state);
                || ()
            });
    }

    /// Whether a call has completed.
    #[track_caller]
    pub fn is_completed(&self) -> bool {
        if !active() {
            return self.real.is_completed();
        }
        let id = self.id();
        self.gate.is_done("is_completed", id, Location::caller())
    }

    /// Waits until a call has completed.
    ///
    /// # Panics
    ///
    /// When an earlier call panicked.
    #[track_caller]
    pub fn wait(&self) {
        if !active() {
            return self.real.wait();
        }
        let id = self.id();
        self.gate.wait("wait", id, false, Location::caller());
    }

    /// As [`Once::wait`], also when an earlier call panicked.
    #[track_caller]
    pub fn wait_force(&self) {
        if !active() {
            return self.real.wait_force();
        }
        let id = self.id();
        self.gate.wait("wait_force", id, true, Location::caller());
    }

    fn id(&self) -> ObjectId {
        self.gate.id("Once", Region::of(self))
    }
}

impl OnceState {
    /// Whether an earlier call panicked.
    pub fn is_poisoned(&self) -> bool {
        self.poisoned
    }
}

impl fmt::Debug for OnceState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OnceState")
            .field("poisoned", &self.is_poisoned())
            .finish()
    }
}

impl fmt::Debug for Once {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Once").finish_non_exhaustive()
    }
}

/// Lets one thread do something once, while others wait.
pub(super) struct Gate {
    object: Object,
}

impl Gate {
    pub(super) const fn new(created: Loc) -> Self {
        Gate {
            object: Object::new(created),
        }
    }

    pub(super) fn created(&self) -> Loc {
        self.object.created()
    }

    pub(super) fn id(&self, kind: &'static str, whole: Region) -> ObjectId {
        self.object
            .id(kind, whole, || State::Once(object::Once::default()))
    }

    /// Runs `work` if nobody has, with a last part that is done as the gate opens. If it panics the gate is poisoned, which is an
    /// error for those who come later unless they `force`.
    pub(super) fn enter<L: FnOnce()>(
        &self,
        name: &'static str,
        id: ObjectId,
        force: bool,
        location: Loc,
        work: impl FnOnce(&OnceState) -> L,
    ) {
        if self.pass(name, id, location) {
            return;
        }
        let poisoned = with(|execution| {
            execution.touch(id, Mode::Write);
            execution.progress(id);
            let me = execution.running;
            let poisoned = matches!(execution.state(id).once(), object::Once::Poisoned);
            if force || !poisoned {
                *execution.state_mut(id).once_mut() = object::Once::Running((me, location));
            }
            if let Some(event) = execution.record(name, Some(id), location) {
                event.note = Some(if poisoned { "poisoned" } else { "the first" });
            }
            poisoned
        });
        assert!(force || !poisoned, "Once instance has previously been poisoned");
        let state = OnceState {
            poisoned,
            unshared: PhantomData,
        };
        let result = panics::catch(|| work(&state));
        step("once", Some(id), location);
        let panicked = match result {
            Ok(last) => {
                last();
                None
            }
            Err(payload) => Some(payload),
        };
        with(|execution| {
            execution.touch(id, Mode::Release);
            execution.progress(id);
            let failed = panicked.is_some();
            *execution.state_mut(id).once_mut() = if failed {
                object::Once::Poisoned
            } else {
                object::Once::Done
            };
            if let Some(event) = execution.record("once", Some(id), location) {
                event.note = Some(if failed { "poisoned" } else { "done" });
            }
        });
        if let Some(payload) = panicked {
            with(|execution| execution.thread().panics += 1);
            std::panic::resume_unwind(payload);
        }
    }

    /// Waits while another thread is at work; says whether the work is done.
    fn pass(&self, name: &'static str, id: ObjectId, location: Loc) -> bool {
        wait_until(name, id, location, |once| {
            !matches!(once, object::Once::Running(_)) || planted(Fault::OnceRunsTwice)
        });
        with(|execution| {
            let done = matches!(execution.state(id).once(), object::Once::Done);
            if done {
                execution.touch(id, Mode::AcquireShared);
                execution.observe(Some(id), location);
                execution.record(name, Some(id), location);
            }
            done
        })
    }

    pub(super) fn is_done(&self, name: &'static str, id: ObjectId, location: Loc) -> bool {
        step(name, Some(id), location);
        with(|execution| {
            execution.touch(id, Mode::Read);
            execution.observe(Some(id), location);
            let done = matches!(execution.state(id).once(), object::Once::Done);
            if let Some(event) = execution.record(name, Some(id), location) {
                event.read = Some(if done { "done" } else { "not done" }.to_owned());
            }
            done
        })
    }

    /// Waits until the work is done.
    pub(super) fn wait(&self, name: &'static str, id: ObjectId, force: bool, location: Loc) {
        wait_until(name, id, location, |once| match once {
            object::Once::Done => true,
            object::Once::Poisoned => !force,
            _ => false,
        });
        let poisoned = with(|execution| {
            execution.touch(id, Mode::AcquireShared);
            execution.observe(Some(id), location);
            execution.record(name, Some(id), location);
            matches!(execution.state(id).once(), object::Once::Poisoned)
        });
        assert!(!poisoned, "Once instance has previously been poisoned");
    }
}

fn wait_until(name: &'static str, id: ObjectId, location: Loc, condition: impl Fn(&object::Once) -> bool) {
    let op = Op {
        name,
        object: Some(id),
        location,
        wants: &[Access {
            object: id,
            mode: Mode::AcquireShared,
        }],
        joins: &[],
        limit: None,
    };
    step_when(&op, &|execution| {
        Ready::when(condition(execution.state(id).once()))
    });
}
