//! What an `Autosave` must do: under every schedule of its thread and its owner, and, where times are exact, on the
//! ideal machine, where a step takes none. Under `cargo test` time is real, and only what no delay of the machine can
//! change is checked.

use std::cell::Cell;
use std::panic::panic_any;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, RecvError};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Instant;

use background_thread::Autosave;
use kata_test::prelude::*;

/// Whether the clock is the scheduler's, and exact.
const VIRTUAL: bool = !cfg!(test);

/// Lets time pass, where that costs none.
fn pass(time: Duration) {
    #[expect(clippy::disallowed_methods, reason = "virtual time is exact")]
    if VIRTUAL {
        thread::sleep(time);
    }
}

/// Longer than any test takes on a real clock.
const HOUR: Duration = secs(3600);

/// Says so when it is dropped.
struct SaysSo(Arc<AtomicBool>);

impl Drop for SaysSo {
    fn drop(&mut self) {
        self.0.store(true, Ordering::SeqCst);
    }
}

/// Something that says so when it is dropped, and whether it was.
fn says_so() -> (SaysSo, impl Fn() -> bool) {
    let dropped = Arc::new(AtomicBool::new(false));
    (SaysSo(Arc::clone(&dropped)), move || {
        dropped.load(Ordering::SeqCst)
    })
}

/// All messages, when nobody is left to send more.
fn until_the_end<T>(receiver: &Receiver<T>) -> Vec<T> {
    let mut messages = Vec::new();
    while let Ok(message) = receiver.recv() {
        messages.push(message);
    }
    messages
}

#[kata_test::test]
fn it_saves_after_the_delay() {
    let delay = millis(20);
    let (disk, saved) = mpsc::channel();
    let autosave = Autosave::start(delay, move |version| {
        disk.send((version, Instant::now(), thread::current().id())).ok();
    });
    let mut threads = Vec::new();
    for version in ["first", "second"] {
        let begin = Instant::now();
        autosave.changed(version);
        let Ok((what, when, whose)) = saved.recv() else {
            fail!("the {version} version was never saved, and save is gone");
        };
        check_eq!(what, version, "the version saved after the {version} change");
        let took = when.duration_since(begin);
        check!(
            took == delay || (took > delay && !VIRTUAL),
            "the {version} version was saved {took:?} after the change, with a delay of {delay:?}"
        );
        threads.push(whose);
    }
    check!(
        threads[0] == threads[1],
        "two versions were saved by two different threads"
    );
    drop(autosave);
    check_eq!(
        saved.recv().map(|(version, ..)| version),
        Err(RecvError),
        "what else was saved, when all was saved already"
    );
}

#[kata_test::test]
fn further_changes_do_not_put_it_off() {
    let begin = Instant::now();
    let (disk, saved) = mpsc::channel();
    let autosave = Autosave::start(millis(60), move |version| {
        disk.send((version, begin.elapsed())).ok();
    });
    for version in 1..=5 {
        autosave.changed(version);
        pass(millis(25));
    }
    drop(autosave);
    let saved: Vec<(u32, Duration)> = until_the_end(&saved);
    if VIRTUAL {
        check_eq!(
            saved,
            [(3, millis(60)), (5, millis(125))],
            "versions saved and when, with a change every 25 ms, a delay of 60 ms, and a drop after 125 ms"
        );
    }
    check_eq!(
        saved.last().map(|(version, _)| *version),
        Some(5),
        "the last of five versions to be saved"
    );
}

#[kata_test::test]
fn a_change_does_not_wait_for_a_save() {
    let (begins, begun) = mpsc::channel();
    let (go, wait) = mpsc::channel();
    let (disk, saved) = mpsc::channel();
    let autosave = Autosave::start(millis(1), move |version| {
        // The first save ends only when the owner, who has made another change meanwhile, says so.
        if version == 1 {
            begins.send(()).ok();
            wait.recv().ok();
        }
        disk.send(version).ok();
    });
    autosave.changed(1);
    check!(begun.recv().is_ok(), "a change was never saved");
    autosave.changed(2);
    go.send(()).ok();
    drop(autosave);
    let saved: Vec<u32> = until_the_end(&saved);
    check_eq!(
        saved,
        [1, 2],
        "versions saved, the second of which came during the save of the first"
    );
}

#[kata_test::test]
fn drop_saves_the_newest_version() {
    let saved = Arc::new(Mutex::new(Vec::new()));
    let by_the_owner = Arc::new(AtomicBool::new(false));
    let owner = thread::current().id();
    let autosave = Autosave::start(HOUR, {
        let (saved, by_the_owner) = (Arc::clone(&saved), Arc::clone(&by_the_owner));
        move |version| {
            if thread::current().id() == owner {
                by_the_owner.store(true, Ordering::SeqCst);
            }
            saved.lock().expect("nobody panics under it").push(version);
        }
    });
    let _threads_may_share_it: &(dyn Send + Sync) = &autosave;
    autosave.changed(1);
    autosave.changed(2);
    drop(autosave);
    let saved = saved.lock().expect("nobody panics under it");
    check!(
        *saved == [2] || *saved == [1, 2],
        "versions 1 and 2, then a drop: the newest is to be saved, once and last, but saved were {saved:?}"
    );
    check!(
        !by_the_owner.load(Ordering::SeqCst),
        "save was called on the owner's thread, and not in the background"
    );
}

thread_local! {
    /// What a thread lets go of at its very end, after everything that it was given to run.
    static UNTIL_THE_END: Cell<Option<SaysSo>> = const { Cell::new(None) };
}

#[kata_test::test]
fn drop_ends_the_thread() {
    let (at_the_end, thread_ended) = says_so();
    let mut at_the_end = Some(at_the_end);
    let autosave = Autosave::start(HOUR, move |()| UNTIL_THE_END.set(at_the_end.take()));
    autosave.changed(());
    drop(autosave);
    check!(
        thread_ended(),
        "a change, then a drop: it returned, and the thread was still there"
    );

    // And one that has nothing to save.
    let (at_the_end, thread_ended) = says_so();
    drop(Autosave::start(HOUR, move |()| {
        let _until_the_end = &at_the_end;
    }));
    check!(
        thread_ended(),
        "no change, then a drop: it returned, and the thread was still there"
    );
}

/// How long a drop takes.
fn time_to_drop<T>(autosave: Autosave<T>) -> Duration {
    let asked = Instant::now();
    drop(autosave);
    asked.elapsed()
}

#[kata_test::test]
fn drop_does_not_wait_for_the_delay() {
    // Before the thread has begun to wait, and when it has.
    for (later, when) in [(0, "right after a change"), (5, "5 ms after a change")] {
        let (disk, saved) = mpsc::channel();
        let autosave = Autosave::start(HOUR, move |version| {
            disk.send(version).ok();
        });
        autosave.changed(1);
        pass(millis(later));
        let took = time_to_drop(autosave);
        check!(
            took.is_zero() || !VIRTUAL,
            "{when}, with a delay of an hour, the drop took {took:?}"
        );
        check_eq!(saved.recv(), Ok(1), "the version that was not saved yet");
    }
}

#[kata_test::test]
fn drop_waits_for_saves_only() {
    let (begins, begun) = mpsc::channel();
    // Each save takes 50 ms.
    let autosave = Autosave::start(secs(1), move |_| {
        begins.send(()).ok();
        pass(millis(50));
    });
    autosave.changed(1);
    check!(begun.recv().is_ok(), "a change was never saved");
    pass(millis(10));
    autosave.changed(2);
    let took = time_to_drop(autosave);
    check!(
        took == millis(90) || !VIRTUAL,
        "a drop 40 ms before the end of a save, with another to come that takes 50 ms, took {took:?}, and not 90 ms"
    );
}

#[kata_test::test]
fn it_rests_while_nothing_changes() {
    let (disk, saved) = mpsc::channel();
    let autosave = Autosave::start(millis(1), move |version| {
        disk.send(version).ok();
    });
    autosave.changed(1);
    check_eq!(saved.recv(), Ok(1), "a change, and the delay is over");
    // A year without a change. What wakes every now and then to look does not get through it.
    pass(secs(365 * 24 * 3600));
    autosave.changed(2);
    check_eq!(saved.recv(), Ok(2), "another change, a year later");
}

/// What `save` panics with, and what a learner reads where it reaches the test.
const PANIC: &str = "save panics, and takes its owner along";

#[kata_test::test]
fn a_panic_does_not_reach_the_owner() {
    let (at_the_end, thread_ended) = says_so();
    let (begins, begun) = mpsc::channel();
    let autosave = Autosave::start(millis(1), move |_| {
        let _until_the_end = &at_the_end;
        begins.send(()).ok();
        panic_any(PANIC);
    });
    autosave.changed(1);
    check!(begun.recv().is_ok(), "a change was never saved");
    autosave.changed(2);
    drop(autosave);
    check!(
        thread_ended(),
        "save panicked, then a drop: it returned, and the thread was still there"
    );
}
