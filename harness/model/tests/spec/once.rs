//! `Once`, `OnceLock`, `LazyLock`.

use kata_model::{
    explore::FailureKind,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        LazyLock, Once, OnceLock,
        atomic::{AtomicU32, Ordering::SeqCst},
    },
    thread,
};

use crate::{fails, holds};

#[test]
fn a_call_that_panics_poisons_it() {
    holds(|| {
        let once = Once::new();
        let call = |call: &dyn Fn()| catch_unwind(AssertUnwindSafe(call)).is_err();
        assert!(call(&|| once.call_once(|| panic!("at work"))));
        assert!(!once.is_completed());
        assert!(call(&|| once.call_once(|| ())));
        assert!(call(&|| once.wait()));
        once.call_once_force(|state| assert!(state.is_poisoned()));
        assert!(once.is_completed());
        once.wait();
        once.call_once(|| unreachable!("it is done"));
    });
}

#[test]
fn a_wait_ends_when_the_work_is_done_and_not_when_it_begins() {
    holds(|| {
        let (once, done) = (Once::new(), AtomicU32::new(0));
        thread::scope(|scope| {
            scope.spawn(|| once.call_once(|| done.store(1, SeqCst)));
            once.wait();
            assert_eq!(done.load(SeqCst), 1);
        });
    });
    fails(FailureKind::Deadlock, || Once::new().wait());
}

#[test]
fn only_one_initialiser_runs() {
    holds(|| {
        let (cell, runs) = (OnceLock::new(), AtomicU32::new(0));
        let get = || *cell.get_or_init(|| runs.fetch_add(1, SeqCst) + 10);
        thread::scope(|scope| {
            let other = scope.spawn(get);
            assert_eq!((get(), other.join().unwrap()), (10, 10));
        });
        assert_eq!(runs.load(SeqCst), 1);
    });
}

#[test]
fn a_look_first_and_a_set_later_is_no_initialiser() {
    fails(FailureKind::Panic, || {
        let cell = OnceLock::new();
        thread::scope(|scope| {
            for value in [1, 2] {
                let cell = &cell;
                scope.spawn(move || {
                    if cell.get().is_none() {
                        cell.set(value).unwrap();
                    }
                });
            }
        });
    });
}

#[test]
fn a_value_that_asks_for_itself_is_never_there() {
    fails(FailureKind::Deadlock, || {
        let cell = OnceLock::new();
        cell.get_or_init(|| *cell.get_or_init(|| 1));
    });
}

#[test]
fn an_initialiser_that_panics_leaves_a_cell_empty_and_a_lazy_value_poisoned() {
    holds(|| {
        let cell = OnceLock::new();
        assert!(catch_unwind(AssertUnwindSafe(|| *cell.get_or_init(|| panic!("at work")))).is_err());
        assert_eq!(cell.get_or_init(|| 1), &1);
        let lazy: LazyLock<u32> = LazyLock::new(|| panic!("at work"));
        assert!(catch_unwind(AssertUnwindSafe(|| *lazy)).is_err());
        assert!(catch_unwind(AssertUnwindSafe(|| *lazy)).is_err());
    });
}

#[test]
fn a_once_runs_once_and_deadlocks_when_it_calls_itself() {
    holds(|| {
        let (once, runs) = (Once::new(), AtomicU32::new(0));
        thread::scope(|scope| {
            for _ in 0..2 {
                scope.spawn(|| {
                    once.call_once(|| {
                        runs.fetch_add(1, SeqCst);
                    });
                    assert_eq!(runs.load(SeqCst), 1, "done, whoever did it");
                });
            }
        });
        assert!(once.is_completed());
    });
    fails(FailureKind::Deadlock, || {
        let once = Once::new();
        once.call_once(|| once.call_once(|| ()));
    });
}

#[test]
fn a_cell_keeps_the_first_value() {
    holds(|| {
        let cell = OnceLock::new();
        let set = thread::scope(|scope| {
            let children = [1, 2].map(|value| {
                let cell = &cell;
                scope.spawn(move || cell.set(value).is_ok())
            });
            children.map(|child| child.join().unwrap())
        });
        assert_eq!(cell.get(), Some(if set[0] { &1 } else { &2 }));
        assert!(set[0] ^ set[1]);
    });
}

#[test]
fn a_lazy_value_is_made_once() {
    static MADE: AtomicU32 = AtomicU32::new(0);
    static LAZY: LazyLock<u32> = LazyLock::new(|| MADE.fetch_add(1, SeqCst) + 1);
    holds(|| {
        thread::scope(|scope| {
            scope.spawn(|| assert_eq!(*LAZY, 1));
            assert_eq!(*LAZY, 1);
        });
        assert_eq!(MADE.load(SeqCst), 1);
    });
}
