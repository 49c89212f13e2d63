//! `Condvar`.

use kata_model::{
    explore::FailureKind,
    sync::{Arc, Condvar, Mutex},
    thread,
};

use crate::{LIMIT, fails, failure, holds};

#[test]
fn a_signal_that_is_also_a_value_is_not_missed() {
    let scenario = |looks_first: bool| {
        move || {
            let (ready, signal) = (Mutex::new(false), Condvar::new());
            thread::scope(|scope| {
                scope.spawn(|| {
                    *ready.lock().unwrap() = true;
                    signal.notify_one();
                });
                let mut guard = ready.lock().unwrap();
                if looks_first {
                    while !*guard {
                        guard = signal.wait(guard).unwrap();
                    }
                } else {
                    drop(signal.wait(guard).unwrap());
                }
            });
        }
    };
    holds(scenario(true));
    let failure = fails(FailureKind::Deadlock, scenario(false));
    assert!(!failure.always);
}

#[test]
fn a_value_that_is_changed_without_the_lock_is_missed() {
    use kata_model::sync::atomic::{AtomicBool, Ordering::SeqCst};
    fails(FailureKind::Deadlock, || {
        let (ready, lock, signal) = (AtomicBool::new(false), Mutex::new(()), Condvar::new());
        thread::scope(|scope| {
            scope.spawn(|| {
                // Between the look and the wait of the other thread.
                ready.store(true, SeqCst);
                signal.notify_one();
            });
            let mut guard = lock.lock().unwrap();
            while !ready.load(SeqCst) {
                guard = signal.wait(guard).unwrap();
            }
        });
    });
}

#[test]
fn notify_one_may_wake_the_wrong_one() {
    let scenario = |all: bool| {
        move || {
            let (turn, signal) = (Mutex::new(0), Condvar::new());
            thread::scope(|scope| {
                for mine in [1, 2] {
                    let (turn, signal) = (&turn, &signal);
                    scope.spawn(move || {
                        let mut turn = turn.lock().unwrap();
                        while *turn != mine {
                            turn = signal.wait(turn).unwrap();
                        }
                        *turn = 3 - mine;
                        signal.notify_all();
                    });
                }
                *turn.lock().unwrap() = 1;
                if all {
                    signal.notify_all()
                } else {
                    signal.notify_one()
                }
            });
        }
    };
    holds(scenario(true));
    fails(FailureKind::Deadlock, scenario(false));
}

#[test]
fn a_wait_gives_the_lock_back() {
    holds(|| {
        let (state, signal) = (Mutex::new(0), Condvar::new());
        thread::scope(|scope| {
            scope.spawn(|| {
                let mut state = state.lock().unwrap();
                *state = 1;
                signal.notify_all();
                // Whoever is woken goes on only now.
                *state = 2;
            });
            let guard = signal
                .wait_while(state.lock().unwrap(), |state| *state == 0)
                .unwrap();
            assert_eq!(*guard, 2);
        });
    });
}

#[test]
fn a_wait_ends_poisoned_if_the_lock_is() {
    holds(|| {
        let shared = Arc::new((Mutex::new(false), Condvar::new()));
        let theirs = Arc::clone(&shared);
        let child = thread::spawn(move || {
            let mut guard = theirs.0.lock().unwrap();
            *guard = true;
            theirs.1.notify_one();
            panic!("with the lock");
        });
        let mut poisoned = false;
        let mut guard = shared.0.lock().unwrap_or_else(|error| {
            poisoned = true;
            error.into_inner()
        });
        while !*guard {
            guard = shared.1.wait(guard).unwrap_or_else(|error| {
                poisoned = true;
                error.into_inner()
            });
        }
        drop(guard);
        assert!(poisoned && child.join().is_err());
    });
}

#[test]
fn a_limited_wait_for_a_condition_says_whether_it_holds() {
    holds(|| {
        let (ready, signal) = (Mutex::new(false), Condvar::new());
        thread::scope(|scope| {
            scope.spawn(|| {
                *ready.lock().unwrap() = true;
                signal.notify_one();
            });
            let guard = ready.lock().unwrap();
            let (guard, result) = signal.wait_timeout_while(guard, LIMIT, |ready| !*ready).unwrap();
            assert!(*guard || result.timed_out());
        });
    });
}

#[test]
fn a_notification_without_a_waiter_is_lost() {
    let failure = fails(FailureKind::Deadlock, || {
        let condvar = Condvar::new();
        condvar.notify_one();
        condvar.notify_all();
        let lock = Mutex::new(());
        drop(condvar.wait(lock.lock().unwrap()).unwrap());
    });
    assert!(failure.always);
    let notes: Vec<_> = failure
        .trace
        .events
        .iter()
        .filter_map(|event| event.note)
        .collect();
    assert_eq!(notes, ["nobody is waiting"; 2]);
}

#[test]
fn notify_all_wakes_everyone_who_waits() {
    holds(|| {
        let shared = Arc::new((Mutex::new(false), Condvar::new()));
        let children = [0, 1].map(|_| {
            let shared = Arc::clone(&shared);
            thread::spawn(move || {
                let open = shared.0.lock().unwrap();
                drop(shared.1.wait_while(open, |open| !*open).unwrap());
            })
        });
        *shared.0.lock().unwrap() = true;
        shared.1.notify_all();
        children.into_iter().for_each(|child| child.join().unwrap());
    });
}

/// Two threads wait, one after the other, and one notification comes. Gives whether the first was woken.
fn woken_first() -> bool {
    let shared = Arc::new((Mutex::new((0, None)), Condvar::new()));
    for _ in 0..2 {
        let shared = Arc::clone(&shared);
        thread::spawn(move || {
            let mut guard = shared.0.lock().unwrap();
            let place = guard.0;
            guard.0 += 1;
            let mut guard = shared.1.wait(guard).unwrap();
            guard.1.get_or_insert(place);
        });
    }
    while shared.0.lock().unwrap().0 < 2 {
        thread::yield_now();
    }
    shared.1.notify_one();
    loop {
        if let Some(place) = shared.0.lock().unwrap().1 {
            return place == 0;
        }
        thread::yield_now();
    }
}

#[test]
fn notify_one_wakes_any_of_those_who_wait() {
    assert!(failure(|| assert!(woken_first())).message.contains("woken_first"));
    assert!(
        failure(|| assert!(!woken_first()))
            .message
            .contains("woken_first")
    );
}

#[test]
fn a_wait_expires_before_or_after_the_notification() {
    let scenario = |expected: bool| {
        move || {
            let shared = Arc::new((Mutex::new(false), Condvar::new()));
            let theirs = Arc::clone(&shared);
            let child = thread::spawn(move || {
                *theirs.0.lock().unwrap() = true;
                theirs.1.notify_one();
            });
            let guard = shared.0.lock().unwrap();
            let (guard, result) = shared.1.wait_timeout(guard, LIMIT).unwrap();
            assert!(*guard != expected || result.timed_out() != expected);
            drop(guard);
            child.join().unwrap();
        }
    };
    // It may expire although the flag is set, and be notified although it is set: both are found.
    failure(scenario(true));
    failure(|| {
        let shared = Arc::new((Mutex::new(false), Condvar::new()));
        let theirs = Arc::clone(&shared);
        thread::spawn(move || {
            *theirs.0.lock().unwrap() = true;
            theirs.1.notify_one();
        });
        let (guard, result) = shared.1.wait_timeout(shared.0.lock().unwrap(), LIMIT).unwrap();
        assert!(!*guard || result.timed_out());
    });
}

#[test]
fn a_wait_without_a_loop_is_caught_by_a_spurious_awakening() {
    let wait = |looks_again: bool| {
        move || {
            let shared = Arc::new((Mutex::new(false), Condvar::new()));
            let theirs = Arc::clone(&shared);
            let child = thread::spawn(move || {
                *theirs.0.lock().unwrap() = true;
                theirs.1.notify_one();
            });
            let mut guard = shared.0.lock().unwrap();
            if looks_again {
                while !*guard {
                    guard = shared.1.wait(guard).unwrap();
                }
            } else if !*guard {
                guard = shared.1.wait(guard).unwrap();
            }
            assert!(*guard);
            drop(guard);
            child.join().unwrap();
        }
    };
    failure(wait(false));
    holds(wait(true));
}
