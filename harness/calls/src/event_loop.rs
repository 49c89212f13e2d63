//! The event loop of a test, and the calls on its thread that keep it from going on.
//!
//! While the loop runs ([`during`]), its thread polls tasks and nothing else. A call there that blocks holds up every one of them, and
//! [`blocks`] is told of each such call before it is made. What happens then is up to whoever [`watch`]es.
//!
//! Work that is done on the loop holds up the others as well. It is declared ([`work`]), in units of the test's own, and counted from one
//! [`turn`] to the next: so often the loop gets to choose who goes on.

use std::{borrow::Cow, cell::Cell, panic::Location, sync::OnceLock};

use crate::stack;

/// A call that keeps the event loop from going on.
#[derive(Clone, Debug)]
pub struct Blocked {
    /// What does so, as a sentence about it begins.
    pub what: Cow<'static, str>,
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

    /// The work that this thread did as the loop's.
    static COUNT: Cell<Count> = const { Cell::new(Count::NONE) };
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

/// Runs the event loop `body` on the calling thread. No work has been done on it yet.
pub fn during<R>(body: impl FnOnce() -> R) -> R {
    COUNT.set(Count::NONE);
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
        report(watch, format!("`{call}`").into(), instead, Location::caller());
    }
}

/// The work that was done on the loop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Load {
    /// The turns in which any was done.
    pub turns: u64,
    /// The most that was done in one turn, in units.
    pub worst: u64,
}

/// What is counted of the work on the loop.
#[derive(Clone, Copy)]
struct Count {
    /// Done since the turn began.
    now: u64,
    /// The turns before this one.
    before: Load,
    /// How much may be done in a turn.
    budget: u64,
}

impl Count {
    const NONE: Count = Count {
        now: 0,
        before: Load { turns: 0, worst: 0 },
        budget: u64::MAX,
    };

    /// With the turn that is under way.
    fn load(&self) -> Load {
        Load {
            turns: self.before.turns + u64::from(self.now > 0),
            worst: self.before.worst.max(self.now),
        }
    }
}

/// A turn begins: the loop has chosen who goes on. Whoever runs the loop says so, before each poll of a task.
pub fn turn() {
    let count = COUNT.get();
    COUNT.set(Count {
        now: 0,
        before: count.load(),
        ..count
    });
}

/// Declares `units` of work on the calling thread. Away from the loop it is nobody's concern.
#[track_caller]
pub fn work(units: u64) {
    if !HERE.get() {
        return;
    }
    let mut count = COUNT.get();
    count.now = count.now.saturating_add(units);
    COUNT.set(count);
    if count.now > count.budget
        && let Some(watch) = WATCH.get()
    {
        let what = format!("more than {} units of work in one go", count.budget);
        report(watch, what.into(), YIELD, Location::caller());
    }
}

/// What is done about work that takes long.
const YIELD: &str = "give way between its pieces, with `tokio::task::yield_now().await`";

/// How much work may be done in a turn from now on. More is a fault, where it is declared.
pub fn set_budget(units: u64) {
    COUNT.set(Count {
        budget: units,
        ..COUNT.get()
    });
}

/// Begins to count anew; the budget stays.
pub fn count_anew() {
    COUNT.set(Count {
        budget: COUNT.get().budget,
        ..Count::NONE
    });
}

/// The work that was done on the loop since the count began.
pub fn load() -> Load {
    COUNT.get().load()
}

#[cold]
fn report(
    watch: &Watch,
    what: Cow<'static, str>,
    instead: &'static str,
    place: &'static Location<'static>,
) -> ! {
    HERE.set(false);
    (watch.blocked)(&Blocked {
        what,
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
    fn work_is_counted_from_turn_to_turn() {
        work(7);
        during(|| {
            assert_eq!(load(), Load { turns: 0, worst: 0 });
            turn();
            work(2);
            work(3);
            away(|| work(100));
            assert_eq!(load(), Load { turns: 1, worst: 5 });
            turn();
            turn();
            work(1);
            turn();
            assert_eq!(load(), Load { turns: 2, worst: 5 });
            count_anew();
            work(4);
            assert_eq!(load(), Load { turns: 1, worst: 4 });
        });
    }

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
