//! `park` and `unpark`.

use kata_model::{
    explore::FailureKind,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU32, Ordering::SeqCst},
    },
    thread,
};

use crate::{LIMIT, fails, failure, holds};

#[test]
fn an_unpark_that_comes_first_is_kept() {
    holds(|| {
        let root = thread::current();
        let child = thread::spawn(move || root.unpark());
        thread::park();
        child.join().unwrap();
    });
}

#[test]
fn a_park_may_end_for_no_reason() {
    let scenario = |looks_again: bool| {
        move || {
            let ready = Arc::new(AtomicBool::new(false));
            let (theirs, root) = (Arc::clone(&ready), thread::current());
            let child = thread::spawn(move || {
                theirs.store(true, SeqCst);
                root.unpark();
            });
            if looks_again {
                while !ready.load(SeqCst) {
                    thread::park();
                }
            } else {
                thread::park();
            }
            assert!(ready.load(SeqCst));
            child.join().unwrap();
        }
    };
    holds(scenario(true));
    fails(FailureKind::Panic, scenario(false));
}

#[test]
fn two_who_unpark_before_the_park_count_as_one() {
    let failure = fails(FailureKind::Deadlock, || {
        let root = thread::current();
        thread::scope(|scope| {
            for _ in 0..2 {
                scope.spawn(|| root.unpark());
            }
            thread::park();
            thread::park();
        });
    });
    assert!(!failure.always);
}

#[test]
fn a_thread_has_one_token() {
    holds(|| {
        thread::current().unpark();
        thread::park();
    });
    fails(FailureKind::Deadlock, || {
        thread::current().unpark();
        thread::current().unpark();
        thread::park();
        thread::park();
    });
}

#[test]
fn a_park_expires_before_the_unpark_that_comes_first_elsewhere() {
    failure(|| {
        let seen = Arc::new(AtomicU32::new(0));
        let theirs = Arc::clone(&seen);
        let child = thread::spawn(move || {
            thread::park_timeout(LIMIT);
            theirs.load(SeqCst)
        });
        seen.store(1, SeqCst);
        child.thread().unpark();
        assert_eq!(child.join().unwrap(), 1);
    });
}
