//! Loops that wait without waiting. A right one is no false alarm, though under some schedule it would go round for ever; and as
//! those schedules are left out, it is not said to be exhausted. One that nobody ends is a livelock.

use kata_model::{
    explore::{Config, Failure, FailureKind, Proof, explore},
    hint,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicU32, AtomicUsize, Ordering::SeqCst},
    },
    thread,
};

use crate::{fails, failure, holds, passes};

/// Smaller searches: three threads that spin have more schedules than are worth it.
fn small() -> Config {
    Config {
        exhaustive: 2_000,
        bounded: [200, 500, 500],
        samples: 200,
        ..Config::default()
    }
}

/// It passes, and nobody says that this was under every schedule.
#[track_caller]
fn passes_unproved(scenario: impl Fn() + 'static) {
    let proof = explore(&small(), scenario).unwrap().verdict;
    let proof = proof.unwrap_or_else(|failure| panic!("a false alarm: {failure:#?}"));
    assert!(
        !matches!(proof, Proof::Exhausted { .. }),
        "a false proof: {proof:?}"
    );
}

/// It goes on for ever.
#[track_caller]
fn never_ends(scenario: impl Fn() + 'static) -> Failure {
    let failure = failure(scenario);
    let endless = matches!(failure.kind, FailureKind::Livelock | FailureKind::StepBound);
    assert!(endless, "{:?}: {}", failure.kind, failure.message);
    failure
}

/// What stands in the loop.
const WAYS_TO_WAIT: [fn(); 3] = [|| (), thread::yield_now, hint::spin_loop];

#[test]
fn a_flag_that_is_set_ends_the_loop() {
    for wait in WAYS_TO_WAIT {
        passes_unproved(move || {
            let flag = AtomicBool::new(false);
            thread::scope(|scope| {
                scope.spawn(|| flag.store(true, SeqCst));
                while !flag.load(SeqCst) {
                    wait();
                }
            });
        });
    }
}

#[test]
fn two_who_spin_for_a_third() {
    for wait in WAYS_TO_WAIT {
        passes_unproved(move || {
            let flag = AtomicBool::new(false);
            thread::scope(|scope| {
                for _ in 0..2 {
                    scope.spawn(|| {
                        while !flag.load(SeqCst) {
                            wait();
                        }
                    });
                }
                flag.store(true, SeqCst);
            });
        });
    }
}

#[test]
fn one_spins_for_one_who_spins_for_another() {
    for wait in WAYS_TO_WAIT {
        passes_unproved(move || {
            let flags = [(); 2].map(|()| AtomicBool::new(false));
            let until = |place: usize| {
                while !flags[place].load(SeqCst) {
                    wait();
                }
            };
            thread::scope(|scope| {
                scope.spawn(|| {
                    until(1);
                    flags[0].store(true, SeqCst);
                });
                scope.spawn(|| flags[1].store(true, SeqCst));
                until(0);
            });
        });
    }
}

#[test]
fn a_flag_that_nobody_sets_is_a_livelock() {
    for wait in WAYS_TO_WAIT {
        let failure = fails(FailureKind::Livelock, move || {
            let flag = AtomicBool::new(false);
            thread::scope(|scope| {
                scope.spawn(|| flag.load(SeqCst));
                while !flag.load(SeqCst) {
                    wait();
                }
            });
        });
        assert!(failure.always);
    }
}

#[test]
fn two_who_spin_for_each_other_are_a_livelock() {
    for wait in WAYS_TO_WAIT {
        let failure = fails(FailureKind::Livelock, move || {
            let flags = [(); 2].map(|()| AtomicBool::new(false));
            thread::scope(|scope| {
                for place in 0..2 {
                    let flags = &flags;
                    scope.spawn(move || {
                        while !flags[1 - place].load(SeqCst) {
                            wait();
                        }
                        flags[place].store(true, SeqCst);
                    });
                }
                // A third that has work to do does not make it a program that goes on.
                flags[0].load(SeqCst);
            });
        });
        assert!(failure.always);
    }
}

#[test]
fn a_flag_that_is_set_too_early_is_a_livelock_in_some_schedules() {
    let failure = never_ends(|| {
        let (flag, seen) = (AtomicBool::new(false), AtomicBool::new(false));
        thread::scope(|scope| {
            scope.spawn(|| {
                flag.store(true, SeqCst);
                // Gone before the other may have looked.
                flag.store(false, SeqCst);
            });
            while !flag.load(SeqCst) {}
            seen.store(true, SeqCst);
        });
    });
    assert!(!failure.always);
}

/// Adds without an atomic step of its own: only a lock keeps it right.
fn add(count: &AtomicU32) {
    count.store(count.load(SeqCst) + 1, SeqCst);
}

fn with_ticket_lock(threads: u32, wait: fn(), one_step: bool) {
    let (next, serving, count) = (AtomicU32::new(0), AtomicU32::new(0), AtomicU32::new(0));
    thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                let ticket = if one_step {
                    next.fetch_add(1, SeqCst)
                } else {
                    let ticket = next.load(SeqCst);
                    next.store(ticket + 1, SeqCst);
                    ticket
                };
                while serving.load(SeqCst) != ticket {
                    wait();
                }
                add(&count);
                serving.fetch_add(1, SeqCst);
            });
        }
    });
    assert_eq!(count.load(SeqCst), threads);
}

#[test]
fn a_ticket_lock_of_two_and_of_three() {
    for wait in WAYS_TO_WAIT {
        for threads in [2, 3] {
            passes_unproved(move || with_ticket_lock(threads, wait, true));
        }
        // Two with the same ticket: both go in, or nobody has the next one.
        let failure = failure(move || with_ticket_lock(2, wait, false));
        assert!(!failure.always);
    }
}

fn with_peterson(yields: bool, asks_after: bool) {
    let wants = [(); 2].map(|()| AtomicBool::new(false));
    let (turn, count) = (AtomicUsize::new(0), AtomicU32::new(0));
    thread::scope(|scope| {
        for me in 0..2 {
            let (wants, turn, count) = (&wants, &turn, &count);
            scope.spawn(move || {
                let other = 1 - me;
                if asks_after {
                    turn.store(other, SeqCst);
                    wants[me].store(true, SeqCst);
                } else {
                    wants[me].store(true, SeqCst);
                    turn.store(other, SeqCst);
                }
                while wants[other].load(SeqCst) && turn.load(SeqCst) == other {
                    if yields {
                        thread::yield_now();
                    }
                }
                add(count);
                wants[me].store(false, SeqCst);
            });
        }
    });
    assert_eq!(count.load(SeqCst), 2);
}

#[test]
fn peterson_lets_one_in() {
    for yields in [false, true] {
        passes_unproved(move || with_peterson(yields, false));
        let failure = fails(FailureKind::Panic, move || with_peterson(yields, true));
        assert!(!failure.always);
    }
}

#[test]
fn after_you_without_end() {
    // Each steps back when the other wants in as well: right, as long as they do not do so in step.
    never_ends(|| {
        let wants = [(); 2].map(|()| AtomicBool::new(false));
        thread::scope(|scope| {
            for me in 0..2 {
                let wants = &wants;
                scope.spawn(move || {
                    wants[me].store(true, SeqCst);
                    while wants[1 - me].load(SeqCst) {
                        wants[me].store(false, SeqCst);
                        wants[me].store(true, SeqCst);
                    }
                });
            }
        });
    });
}

#[test]
fn a_lock_that_is_tried_until_it_is_free() {
    for wait in WAYS_TO_WAIT {
        for threads in [2, 3] {
            passes_unproved(move || {
                let lock = Mutex::new(0);
                thread::scope(|scope| {
                    for _ in 0..threads {
                        scope.spawn(|| {
                            loop {
                                if let Ok(mut count) = lock.try_lock() {
                                    *count += 1;
                                    break;
                                }
                                wait();
                            }
                        });
                    }
                });
                assert_eq!(*lock.lock().unwrap(), threads);
            });
        }
    }
}

#[test]
fn polling_for_the_end_of_a_thread() {
    for wait in WAYS_TO_WAIT {
        passes_unproved(move || {
            let child = thread::spawn(|| 1);
            while !child.is_finished() {
                wait();
            }
            assert_eq!(child.join().unwrap(), 1);
        });
    }
}

#[test]
fn a_loop_that_looks_twice_is_no_spin_loop() {
    holds(|| {
        let flag = AtomicBool::new(false);
        thread::scope(|scope| {
            scope.spawn(|| flag.store(true, SeqCst));
            for _ in 0..2 {
                flag.load(SeqCst);
                thread::yield_now();
            }
        });
    });
}
#[test]
fn three_threads_that_spin_are_no_false_alarm_and_no_false_proof() {
    let turns = || {
        let turn = Arc::new(AtomicU32::new(0));
        let children: Vec<_> = (0..3)
            .map(|place| {
                let turn = Arc::clone(&turn);
                thread::spawn(move || {
                    while turn.load(SeqCst) != place {}
                    turn.store(place + 1, SeqCst);
                })
            })
            .collect();
        children.into_iter().for_each(|child| child.join().unwrap());
        assert_eq!(turn.load(SeqCst), 3);
    };
    let config = Config {
        exhaustive: 2_000,
        bounded: [200, 500, 500],
        samples: 200,
        ..Config::default()
    };
    let proof = explore(&config, turns).unwrap().verdict.unwrap();
    assert!(!matches!(proof, Proof::Exhausted { .. }), "{proof:?}");
}

#[test]
fn a_loop_that_polls_a_lock_is_no_false_alarm() {
    let proof = passes(|| {
        let queue = Arc::new(Mutex::new(Vec::new()));
        let theirs = Arc::clone(&queue);
        let child = thread::spawn(move || theirs.lock().unwrap().push(1));
        // `pop` may change the list, so this loop does not look like one that only reads.
        while queue.lock().unwrap().pop().is_none() {}
        child.join().unwrap();
    });
    assert!(!matches!(proof, Proof::Exhausted { .. }), "{proof:?}");
}

#[test]
fn a_lock_of_ones_own_making_is_no_false_alarm() {
    passes(|| {
        let (locked, count) = (AtomicBool::new(false), AtomicU32::new(0));
        thread::scope(|scope| {
            for _ in 0..2 {
                scope.spawn(|| {
                    while locked.compare_exchange(false, true, SeqCst, SeqCst).is_err() {
                        std::hint::spin_loop();
                    }
                    count.store(count.load(SeqCst) + 1, SeqCst);
                    locked.store(false, SeqCst);
                });
            }
        });
        assert_eq!(count.load(SeqCst), 2);
    });
}
