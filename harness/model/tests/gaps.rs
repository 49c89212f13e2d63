//! What explorers of threads are known to get wrong, each a source of false proofs or false alarms.

#![allow(clippy::unwrap_used, reason = "scenarios panic where they fail")]

use std::cell::Cell;

use kata_model::{
    explore::{Config, Failure, FailureKind, Proof, Report, explore},
    sync::{
        Arc, Condvar, LazyLock, Mutex, OnceLock, RwLock,
        atomic::{AtomicBool, AtomicU32, Ordering::SeqCst},
        mpsc,
    },
    thread,
    time::{Duration, Instant},
};

const LIMIT: Duration = Duration::from_millis(5);

fn report(scenario: impl Fn() + 'static) -> Report {
    explore(&Config::default(), scenario).unwrap()
}

fn proof(scenario: impl Fn() + 'static) -> Proof {
    report(scenario)
        .verdict
        .unwrap_or_else(|failure| panic!("it fails: {failure:#?}"))
}

fn failure(scenario: impl Fn() + 'static) -> Failure {
    *report(scenario)
        .verdict
        .expect_err("it must fail under some schedule")
}

fn exhausted(scenario: impl Fn() + 'static) {
    let proof = proof(scenario);
    assert!(
        matches!(proof, Proof::Exhausted { spurious: true, .. }),
        "{proof:?}"
    );
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
fn a_receive_expires_or_not() {
    let scenario = |times_out: bool| {
        move || {
            let (sender, receiver) = mpsc::channel();
            let child = thread::spawn(move || sender.send(1).is_ok());
            assert_eq!(receiver.recv_timeout(LIMIT).is_err(), times_out);
            child.join().unwrap();
        }
    };
    failure(scenario(true));
    failure(scenario(false));
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

#[test]
fn an_expiring_wait_is_no_preemption() {
    let failure = failure(|| {
        let done = Arc::new(AtomicBool::new(false));
        let theirs = Arc::clone(&done);
        let _worker = thread::spawn(move || {
            theirs.load(SeqCst);
            theirs.store(true, SeqCst);
        });
        thread::sleep(Duration::from_secs(10));
        assert!(done.load(SeqCst));
    });
    assert_eq!(failure.preemptions, 0, "{failure:#?}");
}

#[test]
fn try_lock_can_meet_a_held_lock() {
    failure(|| {
        let lock = Arc::new(Mutex::new(0));
        let theirs = Arc::clone(&lock);
        let child = thread::spawn(move || *theirs.lock().unwrap() += 1);
        assert!(lock.try_lock().is_ok());
        child.join().unwrap();
    });
}

#[test]
fn a_guard_that_is_dropped_on_the_way_counts() {
    // The guard of the first statement is dropped at its end: between the two, the other thread gets in.
    failure(|| {
        let lock = Arc::new(Mutex::new(0));
        let theirs = Arc::clone(&lock);
        let child = thread::spawn(move || *theirs.lock().unwrap() += 1);
        let seen = *lock.lock().unwrap();
        *lock.lock().unwrap() = seen + 1;
        child.join().unwrap();
        assert_eq!(*lock.lock().unwrap(), 2);
    });
}

#[test]
fn a_panic_in_a_scope_reaches_the_scope() {
    let failure = failure(|| {
        let count = AtomicU32::new(0);
        thread::scope(|scope| {
            scope.spawn(|| count.fetch_add(1, SeqCst));
            scope.spawn(|| assert_eq!(count.load(SeqCst), 1, "in the child"));
        });
    });
    assert_eq!(failure.kind, FailureKind::Panic);
    assert_eq!(failure.message, "a scoped thread panicked");
    assert!(
        failure
            .panics
            .iter()
            .any(|panic| panic.message.contains("in the child"))
    );
}

static COUNT: AtomicU32 = AtomicU32::new(7);
static NAMES: Mutex<Vec<String>> = Mutex::new(Vec::new());
static CELL: OnceLock<String> = OnceLock::new();
static LAZY: LazyLock<Mutex<Vec<u32>>> = LazyLock::new(|| Mutex::new(vec![COUNT.load(SeqCst)]));

#[test]
fn statics_begin_every_execution_alike() {
    exhausted(|| {
        assert!(NAMES.lock().unwrap().is_empty());
        assert!(CELL.get().is_none());
        thread::scope(|scope| {
            for name in ["a", "b"] {
                scope.spawn(move || {
                    COUNT.fetch_add(1, SeqCst);
                    NAMES.lock().unwrap().push(name.repeat(100));
                    CELL.get_or_init(|| name.repeat(50));
                });
            }
        });
        LAZY.lock().unwrap().push(1);
        assert_eq!(COUNT.load(SeqCst), 9);
        assert_eq!(NAMES.lock().unwrap().len(), 2);
        assert_eq!(*LAZY.lock().unwrap(), [9, 1]);
    });
    assert_eq!(COUNT.load(SeqCst), 7);
    assert!(NAMES.lock().unwrap().is_empty());
}

#[test]
fn statics_are_shared_by_threads() {
    static SHARED: AtomicU32 = AtomicU32::new(0);
    failure(|| {
        let child = thread::spawn(|| SHARED.store(SHARED.load(SeqCst) + 1, SeqCst));
        SHARED.store(SHARED.load(SeqCst) + 1, SeqCst);
        child.join().unwrap();
        assert_eq!(SHARED.load(SeqCst), 2);
    });
}

#[test]
fn a_static_that_stays_locked_is_free_in_the_next_execution() {
    static HELD: Mutex<u32> = Mutex::new(0);
    for _ in 0..2 {
        let failure = failure(|| {
            let _first = HELD.lock().unwrap();
            let _second = HELD.lock().unwrap();
        });
        assert_eq!(failure.kind, FailureKind::Deadlock);
    }
}

#[test]
fn state_outside_the_scenario_is_an_error_and_no_verdict() {
    let outside = Arc::new(Mutex::new(0));
    let result = explore(&Config::default(), move || {
        let theirs = Arc::clone(&outside);
        let child = thread::spawn(move || *theirs.lock().unwrap() += 1);
        *outside.lock().unwrap() += 1;
        child.join().unwrap();
    });
    let error = result.unwrap_err().to_string();
    assert!(
        error.contains("Mutex") && error.contains("inside the scenario"),
        "{error}"
    );
}

#[test]
fn a_scenario_that_is_not_deterministic_is_an_error_and_no_verdict() {
    let runs = Cell::new(0);
    let result = explore(&Config::default(), move || {
        runs.set(runs.get() + 1);
        let count = Arc::new(AtomicU32::new(0));
        let theirs = Arc::clone(&count);
        let child = thread::spawn(move || theirs.fetch_add(1, SeqCst));
        if runs.get() % 2 == 0 {
            count.load(SeqCst);
        }
        child.join().unwrap();
        assert_ne!(count.load(SeqCst), 1);
    });
    assert!(result.unwrap_err().to_string().contains("not deterministic"));
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
    let proof = proof(|| {
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
    proof(|| {
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

#[test]
fn a_loop_that_waits_for_the_time_to_pass_ends() {
    proof(|| {
        let start = Instant::now();
        while start.elapsed() < Duration::from_secs(60) {}
    });
}

#[test]
fn reading_twice_can_deadlock_behind_a_waiting_writer() {
    let failure = failure(|| {
        let lock = Arc::new(RwLock::new(0));
        let theirs = Arc::clone(&lock);
        let child = thread::spawn(move || *theirs.write().unwrap() += 1);
        let first = lock.read().unwrap();
        let second = lock.read().unwrap();
        assert_eq!(*first, *second);
        drop((first, second));
        child.join().unwrap();
    });
    assert_eq!(failure.kind, FailureKind::Deadlock);
    assert!(!failure.always);
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
    exhausted(wait(true));
}

#[test]
fn a_panic_that_unwinds_while_others_run_poisons_its_own_lock_only() {
    exhausted(|| {
        let locks = Arc::new((Mutex::new(0), Mutex::new(0)));
        let theirs = Arc::clone(&locks);
        let child = thread::spawn(move || {
            let _guard = theirs.0.lock().unwrap();
            panic!("unwinds through an unlock, where others run");
        });
        {
            let guard = locks.1.lock().unwrap();
            let _seen = locks.0.lock().is_err();
            assert!(!thread::panicking());
            drop(guard);
        }
        assert!(child.join().is_err());
        assert!(locks.0.is_poisoned());
        assert!(!locks.1.is_poisoned());
    });
}

#[test]
fn threads_that_outlive_the_scenario_are_counted() {
    let report = report(|| {
        let (sender, receiver) = mpsc::channel::<u32>();
        thread::spawn(move || receiver.recv());
        std::mem::forget(sender);
    });
    assert!(report.verdict.is_ok());
    assert_eq!(report.left_behind, 1);
}

#[test]
fn weak_orderings_are_noted() {
    use kata_model::sync::atomic::Ordering::Relaxed;
    assert!(report(|| AtomicU32::new(0).store(1, Relaxed)).weak_orderings);
    assert!(!report(|| AtomicU32::new(0).store(1, SeqCst)).weak_orderings);
}

#[test]
fn a_scenario_cannot_explore() {
    let failure = failure(|| {
        let inner = explore(&Config::default(), || ());
        panic!("{}", inner.unwrap_err());
    });
    assert_eq!(failure.message, "a scenario cannot explore another scenario");
}

#[test]
fn too_many_threads_are_an_error_and_no_verdict() {
    let result = explore(&Config::default(), || {
        let children: Vec<_> = (0..100).map(|_| thread::spawn(|| ())).collect();
        children.into_iter().for_each(|child| child.join().unwrap());
    });
    assert!(result.unwrap_err().to_string().contains("at most 63 threads"));
}

#[test]
fn a_channel_from_outside_is_an_error_and_no_verdict() {
    let (sender, receiver) = mpsc::channel::<u32>();
    let result = explore(&Config::default(), move || {
        let _ = (&sender, receiver.recv());
    });
    assert!(
        result
            .unwrap_err()
            .to_string()
            .contains("outside the exploration")
    );
}

#[test]
fn a_verdict_does_not_depend_on_the_machine() {
    exhausted(|| assert_eq!(thread::available_parallelism().unwrap().get(), 4));
}

#[test]
fn the_same_scenario_has_the_same_result_each_time() {
    let look = || {
        let failure = failure(|| {
            let count = Arc::new(AtomicU32::new(0));
            let children = [0, 1, 2].map(|_| {
                let count = Arc::clone(&count);
                thread::spawn(move || count.store(count.load(SeqCst) + 1, SeqCst))
            });
            children.into_iter().for_each(|child| child.join().unwrap());
            assert_eq!(count.load(SeqCst), 3);
        });
        (
            failure.schedule,
            failure.trace,
            failure.found_at,
            failure.preemptions,
        )
    };
    let first = look();
    for _ in 0..20 {
        assert_eq!(look(), first);
    }
}
