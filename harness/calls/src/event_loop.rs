//! The event loop of a test, and the calls on its thread that keep it from going on.
//!
//! While the loop runs ([`during`]), its thread polls tasks and nothing else. A call there that blocks holds up every one of them, and
//! [`blocks`] is told of each such call before it is made. What happens then is up to whoever [`watch`]es.

use std::{cell::Cell, panic::Location, sync::OnceLock};

use crate::stack;

/// A call that keeps the event loop from going on.
#[derive(Clone, Debug)]
pub struct Blocked {
    /// What was called, as its author writes it.
    pub call: &'static str,
    /// What to do in its place.
    pub instead: &'static str,
    /// Where it was called. In a library, where its function was called through another one.
    pub place: &'static Location<'static>,
    /// The calls that lead there, as [`stack::capture`] gives them.
    pub stack: Vec<u64>,
}

/// What watches over the event loop.
#[derive(Clone, Copy, Debug)]
pub struct Watch {
    /// Told of the first call that blocks, on the loop's thread. The process is aborted if it returns.
    pub blocked: fn(&Blocked),
    /// Whether no other thread has ever been started, so that nobody could end a wait of the loop's.
    pub alone: fn() -> bool,
    /// How many calls of a stack are wanted.
    pub depth: usize,
}

static WATCH: OnceLock<Watch> = OnceLock::new();

thread_local! {
    /// Whether this thread is the loop's, and polls.
    static HERE: Cell<bool> = const { Cell::new(false) };
}

/// Watches over the event loop of this process, until it ends. Only the first call has an effect; without one, nothing is a fault.
pub fn watch(watch: Watch) {
    WATCH.get_or_init(|| watch);
}

/// Whether the event loop runs on the calling thread, and is watched.
pub fn is_here() -> bool {
    HERE.get() && WATCH.get().is_some()
}

/// Whether the event loop runs here, and there has never been a thread besides.
pub fn is_alone() -> bool {
    HERE.get() && WATCH.get().is_some_and(|watch| (watch.alone)())
}

/// Runs the event loop `body` on the calling thread.
pub fn during<R>(body: impl FnOnce() -> R) -> R {
    with(true, body)
}

/// Runs `body` as on a thread that is not the loop's.
pub fn away<R>(body: impl FnOnce() -> R) -> R {
    with(false, body)
}

fn with<R>(here: bool, body: impl FnOnce() -> R) -> R {
    struct Restore(bool);
    impl Drop for Restore {
        fn drop(&mut self) {
            HERE.set(self.0);
        }
    }
    let _restore = Restore(HERE.replace(here));
    body()
}

/// Says that `call` is about to be made, which blocks: on the event loop, this does not return. `instead` says what to do in its
/// place.
#[track_caller]
#[inline]
pub fn blocks(call: &'static str, instead: &'static str) {
    if HERE.get()
        && let Some(watch) = WATCH.get()
    {
        report(watch, call, instead, Location::caller());
    }
}

#[cold]
fn report(watch: &Watch, call: &'static str, instead: &'static str, place: &'static Location<'static>) -> ! {
    HERE.set(false);
    (watch.blocked)(&Blocked {
        call,
        instead,
        place,
        stack: stack::capture(watch.depth),
    });
    std::process::abort()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_loop_is_on_one_thread_and_away_from_it_nothing_blocks() {
        watch(Watch {
            blocked: |_| {},
            alone: || true,
            depth: 1,
        });
        assert!(!is_here());
        blocks("`f`", "");
        during(|| {
            assert!(is_here() && is_alone());
            away(|| assert!(!is_here()));
            std::thread::spawn(|| assert!(!is_here())).join().unwrap();
            assert!(std::panic::catch_unwind(|| away(|| panic!("on purpose"))).is_err());
            assert!(is_here());
        });
        assert!(!is_here());
    }
}
