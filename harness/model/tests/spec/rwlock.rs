//! `RwLock`.

use kata_model::{
    explore::FailureKind,
    sync::{Arc, Barrier, RwLock, RwLockWriteGuard, TryLockError},
    thread,
};

use crate::{fails, failure, holds};

#[test]
fn readers_have_it_together() {
    holds(|| {
        let (lock, both) = (RwLock::new(7), Barrier::new(2));
        thread::scope(|scope| {
            for _ in 0..2 {
                scope.spawn(|| {
                    let guard = lock.read().unwrap();
                    both.wait();
                    assert_eq!(*guard, 7);
                });
            }
        });
    });
}

#[test]
fn a_writer_has_it_alone() {
    let both = |write: bool| {
        move || {
            let (lock, both) = (RwLock::new(7), Barrier::new(2));
            thread::scope(|scope| {
                scope.spawn(|| {
                    let _guard = lock.read().unwrap();
                    both.wait();
                });
                if write {
                    let _guard = lock.write().unwrap();
                    both.wait();
                } else {
                    both.wait();
                }
            });
        }
    };
    holds(both(false));
    assert!(fails(FailureKind::Deadlock, both(true)).always);
}

#[test]
fn a_reader_that_wants_to_write_as_well_waits_for_itself() {
    let failure = fails(FailureKind::Deadlock, || {
        let lock = RwLock::new(0);
        let _read = lock.read().unwrap();
        let _write = lock.write().unwrap();
    });
    assert!(failure.always);
}

#[test]
fn what_would_wait_is_refused() {
    holds(|| {
        let lock = RwLock::new(0);
        let read = lock.read().unwrap();
        assert!(lock.try_read().is_ok());
        assert!(matches!(lock.try_write(), Err(TryLockError::WouldBlock)));
        drop(read);
        let write = lock.write().unwrap();
        assert!(matches!(lock.try_read(), Err(TryLockError::WouldBlock)));
        assert!(matches!(lock.try_write(), Err(TryLockError::WouldBlock)));
        drop(write);
        assert!(lock.try_write().is_ok());
    });
}

#[test]
fn try_read_is_turned_away_where_a_writer_waits() {
    failure(|| {
        let lock = Arc::new(RwLock::new(0));
        let theirs = Arc::clone(&lock);
        let _mine = lock.read().unwrap();
        thread::spawn(move || *theirs.write().unwrap() += 1);
        assert!(lock.try_read().is_ok(), "nobody writes");
    });
}

#[test]
fn no_writer_comes_between_where_a_writer_becomes_a_reader() {
    let scenario = |downgrades: bool| {
        move || {
            let lock = RwLock::new(0);
            thread::scope(|scope| {
                scope.spawn(|| *lock.write().unwrap() += 1);
                let mut guard = lock.write().unwrap();
                *guard += 1;
                let written = *guard;
                let guard = if downgrades {
                    RwLockWriteGuard::downgrade(guard)
                } else {
                    drop(guard);
                    lock.read().unwrap()
                };
                assert_eq!(*guard, written);
            });
        }
    };
    holds(scenario(true));
    fails(FailureKind::Panic, scenario(false));
}

#[test]
fn a_writer_that_panics_poisons_it() {
    holds(|| {
        let lock = Arc::new(RwLock::new(1));
        let theirs = Arc::clone(&lock);
        let child = thread::spawn(move || {
            let _guard = theirs.write().unwrap();
            panic!("while writing");
        });
        assert!(child.join().is_err());
        assert!(lock.is_poisoned());
        assert_eq!(*lock.read().unwrap_err().into_inner(), 1);
        assert!(matches!(lock.try_write(), Err(TryLockError::Poisoned(_))));
        lock.clear_poison();
        assert!(lock.write().is_ok());
    });
}

#[test]
fn a_read_lock_is_not_poisoned() {
    holds(|| {
        let lock = Arc::new(RwLock::new(1));
        let theirs = Arc::clone(&lock);
        let outcome = thread::spawn(move || {
            let _guard = theirs.read().unwrap();
            panic!("while reading");
        });
        assert!(outcome.join().is_err());
        assert!(!lock.is_poisoned());
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
