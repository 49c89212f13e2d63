//! `Mutex`.

use kata_model::{
    ThreadId,
    explore::FailureKind,
    sync::{Arc, Mutex, TryLockError},
    thread,
};

use crate::{fails, failure, holds};

#[test]
fn one_thread_at_a_time_has_it() {
    holds(|| {
        let count = Mutex::new(0);
        thread::scope(|scope| {
            for _ in 0..2 {
                scope.spawn(|| {
                    let mut count = count.lock().unwrap();
                    let seen = *count;
                    thread::yield_now();
                    *count = seen + 1;
                });
            }
        });
        assert_eq!(*count.lock().unwrap(), 2);
    });
}

#[test]
fn what_is_read_under_one_guard_is_old_under_the_next() {
    let failure = fails(FailureKind::Panic, || {
        let count = Mutex::new(0);
        thread::scope(|scope| {
            for _ in 0..2 {
                scope.spawn(|| {
                    let seen = *count.lock().unwrap();
                    *count.lock().unwrap() = seen + 1;
                });
            }
        });
        assert_eq!(*count.lock().unwrap(), 2);
    });
    assert_eq!((failure.preemptions, failure.always), (1, false));
}

#[test]
fn a_guard_that_is_forgotten_keeps_the_lock() {
    let failure = fails(FailureKind::Deadlock, || {
        let lock = Arc::new(Mutex::new(0));
        let theirs = Arc::clone(&lock);
        let child = thread::spawn(move || std::mem::forget(theirs.lock().unwrap()));
        child.join().unwrap();
        let _never = lock.lock();
    });
    assert!(failure.always);
    assert_eq!(failure.blocked[0].holders[0].thread, ThreadId(1), "who is gone");
}

#[test]
fn try_lock_on_what_one_holds_would_block() {
    holds(|| {
        let lock = Mutex::new(0);
        let guard = lock.lock().unwrap();
        assert!(matches!(lock.try_lock(), Err(TryLockError::WouldBlock)));
        drop(guard);
        assert!(lock.try_lock().is_ok());
    });
}

#[test]
fn the_value_can_be_had_from_a_poisoned_mutex() {
    holds(|| {
        let mut lock = Arc::new(Mutex::new(1));
        let theirs = Arc::clone(&lock);
        let child = thread::spawn(move || {
            *theirs.lock().unwrap() = 2;
            let _guard = theirs.lock().unwrap();
            panic!("with the lock");
        });
        assert!(child.join().is_err());
        let lock = Arc::get_mut(&mut lock).unwrap();
        assert_eq!(**lock.get_mut().unwrap_err().get_ref(), 2);
        let lock = std::mem::replace(lock, Mutex::new(0));
        assert_eq!(lock.into_inner().unwrap_err().into_inner(), 2);
    });
}

#[test]
fn a_lock_that_is_taken_and_given_back_while_unwinding_is_not_poisoned() {
    struct Notes(Arc<Mutex<u32>>);
    impl Drop for Notes {
        fn drop(&mut self) {
            *self.0.lock().unwrap() += 1;
        }
    }
    holds(|| {
        let lock = Arc::new(Mutex::new(0));
        let theirs = Arc::clone(&lock);
        let child = thread::spawn(move || {
            let _notes = Notes(theirs);
            panic!("without the lock");
        });
        assert!(child.join().is_err());
        assert_eq!(*lock.lock().unwrap(), 1);
    });
}

#[test]
fn three_threads_in_a_circle_deadlock() {
    let failure = fails(FailureKind::Deadlock, || {
        let locks = [(); 3].map(Mutex::new);
        thread::scope(|scope| {
            for place in 0..3 {
                let locks = &locks;
                scope.spawn(move || {
                    let _first = locks[place].lock().unwrap();
                    let _second = locks[(place + 1) % 3].lock().unwrap();
                });
            }
        });
    });
    let waits: Vec<_> = failure
        .blocked
        .iter()
        .filter(|blocked| blocked.op == "lock")
        .collect();
    assert_eq!(waits.len(), 3);
    assert!(!failure.always);
}

#[test]
fn a_mutex_is_poisoned_by_the_panic_of_its_holder_only() {
    holds(|| {
        let lock = Arc::new(Mutex::new(1));
        let theirs = Arc::clone(&lock);
        let outcome = thread::spawn(move || {
            drop(theirs.lock().unwrap());
            panic!("without the lock");
        });
        assert!(outcome.join().is_err());
        assert_eq!(*lock.lock().unwrap(), 1);
        let theirs = Arc::clone(&lock);
        let outcome = thread::spawn(move || {
            let _guard = theirs.lock().unwrap();
            panic!("with the lock");
        });
        assert!(outcome.join().is_err());
        assert_eq!(*lock.lock().unwrap_err().into_inner(), 1);
        assert!(matches!(lock.try_lock(), Err(TryLockError::Poisoned(_))));
        lock.clear_poison();
        assert!(lock.lock().is_ok());
    });
}

#[test]
fn a_mutex_that_is_locked_twice_deadlocks_always() {
    let failure = fails(FailureKind::Deadlock, || {
        let lock = Mutex::new(0);
        let _first = lock.lock().unwrap();
        let _second = lock.lock().unwrap();
    });
    assert!(failure.always);
    let [blocked] = &failure.blocked[..] else {
        panic!("{:?}", failure.blocked)
    };
    assert_eq!(blocked.holders[0].thread, ThreadId::ROOT);
}

#[test]
fn guards_may_be_dropped_in_any_order() {
    holds(|| {
        let locks = Arc::new((Mutex::new(0), Mutex::new(0)));
        let theirs = Arc::clone(&locks);
        let add = move |locks: &(Mutex<u32>, Mutex<u32>)| {
            let mut first = locks.0.lock().unwrap();
            let mut second = locks.1.lock().unwrap();
            *first += 1;
            drop(first);
            *second += 1;
        };
        let child = thread::spawn(move || add(&theirs));
        add(&locks);
        child.join().unwrap();
        assert_eq!((*locks.0.lock().unwrap(), *locks.1.lock().unwrap()), (2, 2));
    });
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
fn a_panic_that_unwinds_while_others_run_poisons_its_own_lock_only() {
    holds(|| {
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
