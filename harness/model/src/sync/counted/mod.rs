//! `Arc` and `Weak` whose counts the model sees.
//!
//! Nobody can watch the real ones: a count that changes leaves no trace. So two schedules that differ in nothing but who drops
//! a value last are one to the explorer, though a destructor, or `Arc::try_unwrap`, tells them apart. Here each change and each look
//! at a count is a step.
//!
//! These cannot be all that std's are. What becomes an `Arc<dyn Trait>` by itself, takes part in `self: Arc<Self>`, or makes a `Waker`
//! has traits that are not stable. So they are no replacement for std's, but a better choice for code that compiles with them.

mod arc;
mod convert;
mod weak;

use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

pub use arc::Arc;
pub use weak::Weak;

use crate::{
    engine::{Access, Loc, Mode, ObjectId, State, active, epoch, on_its_side, step, with},
    faults::drops_footprint,
};

/// What the model knows of one allocation. It is shared by all references to it.
#[derive(Clone)]
struct Count {
    /// The execution that it belongs to.
    epoch: Option<u32>,
    /// Touched by whatever changes or looks at one of the counts.
    references: ObjectId,
    /// Touched by whoever may be the last to have the value, where it makes a difference who is.
    last: ObjectId,
    /// Whether it does: the value's end is more than that of some bytes.
    needs_drop: bool,
    /// How many `Arc`s there are.
    strong: std::sync::Arc<AtomicUsize>,
}

impl Count {
    /// The count of a value that is shared from now on; `None` outside an exploration.
    fn new(needs_drop: bool, created: Loc) -> Option<Count> {
        active().then(|| {
            with(|execution| Count {
                epoch: Some(execution.epoch),
                references: execution.add_object("Arc", created, State::Value),
                last: execution.add_object("end of Arc", created, State::Value),
                needs_drop,
                strong: std::sync::Arc::default(),
            })
        })
    }

    /// Whether the calling thread is one of those that the count belongs to.
    fn is_ours(&self) -> bool {
        self.epoch == epoch()
    }

    /// A point of choice before an operation that cannot be undone by dropping.
    #[track_caller]
    fn choose(&self, name: &'static str, location: Loc) {
        on_its_side("Arc", self.epoch);
        step(name, Some(self.references), location);
    }

    /// One more reference: whoever makes it has one, so it is seen by those who count only.
    fn grow(&self) {
        self.change(Mode::AcquireShared);
    }

    /// One reference less.
    fn shrink(&self) {
        self.change(Mode::ReleaseShared);
    }

    /// The step under way touches the counts. Nobody waits for a count, so no clocks are exchanged.
    fn touch(&self, object: ObjectId, mode: Mode) {
        if drops_footprint(mode) {
            return;
        }
        with(|execution| {
            execution.deeds += 1;
            let access = Access { object, mode };
            if !execution.accesses.contains(&access) {
                execution.accesses.push(access);
            }
        });
    }

    /// The step under way changes a count, by which alone no thread makes progress.
    fn change(&self, mode: Mode) {
        self.touch(self.references, mode);
        with(|execution| execution.objects[self.references.0 as usize].version += 1);
    }

    /// The step under way looks at a count and finds `seen`.
    fn look(&self, name: &'static str, location: Loc, seen: impl FnOnce() -> String) {
        self.touch(self.references, Mode::Read);
        with(|execution| {
            execution.observe(Some(self.references), location);
            if let Some(event) = execution.record(name, Some(self.references), location) {
                event.read = Some(seen());
            }
        });
    }

    /// The step under way does what depends on a count and changes it.
    fn decide(&self, name: &'static str, location: Loc, note: Option<&'static str>) {
        self.change(Mode::Write);
        if self.needs_drop {
            self.touch(self.last, Mode::Write);
        }
        with(|execution| {
            execution.progress(self.references);
            if let Some(event) = execution.record(name, Some(self.references), location) {
                event.note = note;
            }
        });
    }
}

/// The part of an `Arc` that counts. It is dropped before the reference itself, in the same step.
struct Strong {
    count: Option<Count>,
    /// Where this reference was made: a drop has no place of its own.
    made: Loc,
}

impl Strong {
    fn new(count: Option<Count>, made: Loc) -> Strong {
        if let Some(count) = &count {
            count.strong.fetch_add(1, Relaxed);
        }
        Strong { count, made }
    }

    /// Ends it as a part of the step under way.
    fn end(mut self) {
        if let Some(count) = self.count.take() {
            count.strong.fetch_sub(1, Relaxed);
        }
    }
}

impl Drop for Strong {
    fn drop(&mut self) {
        let Some(count) = self.count.take() else { return };
        if !count.is_ours() {
            return;
        }
        step("drop", Some(count.references), self.made);
        count.shrink();
        let is_last = count.strong.fetch_sub(1, Relaxed) == 1;
        if count.needs_drop {
            count.touch(count.last, Mode::Write);
            with(|execution| {
                if let Some(event) = execution.record("drop", Some(count.references), self.made) {
                    event.note = is_last.then_some("the last one");
                }
            });
        }
    }
}
