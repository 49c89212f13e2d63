//! `thread_local!`.

use kata_model::{
    explore::FailureKind,
    sync::{
        Arc, Condvar, Mutex,
        atomic::{AtomicU32, Ordering::SeqCst},
    },
    thread,
};

use crate::{fails, holds, passes};

static ENDS: AtomicU32 = AtomicU32::new(0);

/// Counts its ends.
struct Counted;

impl Drop for Counted {
    fn drop(&mut self) {
        ENDS.fetch_add(1, SeqCst);
    }
}

kata_model::thread_local! {
    static COUNTED: Counted = const { Counted };
}

#[test]
fn join_waits_for_the_destructors_and_the_end_of_a_scope_does_not() {
    holds(|| {
        thread::spawn(|| COUNTED.with(|_| ())).join().unwrap();
        assert_eq!(ENDS.load(SeqCst), 1);
    });
    let failure = fails(FailureKind::Panic, || {
        thread::scope(|scope| {
            scope.spawn(|| COUNTED.with(|_| ()));
        });
        assert_eq!(ENDS.load(SeqCst), 1);
    });
    assert!(!failure.always);
}

#[test]
fn the_values_of_a_thread_that_never_ends_are_never_destroyed() {
    static LEFT: AtomicU32 = AtomicU32::new(0);
    struct Left;
    impl Drop for Left {
        fn drop(&mut self) {
            LEFT.fetch_add(1, SeqCst);
        }
    }
    kata_model::thread_local! {
        static KEPT: Left = const { Left };
    }
    // Nor do they end outside the execution, where that would count in a static that was put back.
    for _ in 0..3 {
        passes(|| {
            assert_eq!(LEFT.load(SeqCst), 0);
            let shared = Arc::new((Mutex::new(()), Condvar::new()));
            thread::spawn(move || {
                KEPT.with(|_| ());
                let guard = shared.0.lock().unwrap();
                drop(shared.1.wait_while(guard, |_| true));
            });
        });
    }
    assert_eq!(LEFT.load(SeqCst), 0);
}

#[test]
fn a_destructor_may_use_other_values() {
    use std::cell::Cell;
    struct Last;
    impl Drop for Last {
        fn drop(&mut self) {
            OTHER.set(OTHER.get() + 1);
            assert_eq!(OTHER.get(), 8);
        }
    }
    kata_model::thread_local! {
        static LAST: Last = const { Last };
        static OTHER: Cell<u32> = const { Cell::new(7) };
    }
    holds(|| thread::spawn(|| LAST.with(|_| ())).join().unwrap());
}

#[test]
fn a_thread_local_belongs_to_its_thread() {
    kata_model::thread_local! {
        static MINE: std::cell::Cell<u32> = const { std::cell::Cell::new(1) };
    }
    holds(|| {
        MINE.set(2);
        let theirs = thread::spawn(|| MINE.replace(3)).join().unwrap();
        assert_eq!((MINE.get(), theirs), (2, 1));
    });
}

#[test]
fn a_destructor_that_panics_at_a_threads_end_fails_the_scenario() {
    struct Loud;
    impl Drop for Loud {
        fn drop(&mut self) {
            panic!("in a destructor");
        }
    }
    kata_model::thread_local! {
        static LOUD: Loud = const { Loud };
    }
    let failure = fails(FailureKind::Panic, || {
        let child = thread::spawn(|| LOUD.with(|_| ()));
        child.join().unwrap();
    });
    assert!(
        failure
            .panics
            .iter()
            .any(|panic| panic.message == "in a destructor")
    );
}
