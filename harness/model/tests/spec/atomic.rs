//! Atomics.

use kata_model::{
    explore::FailureKind,
    sync::atomic::{AtomicBool, AtomicU32, Ordering::SeqCst},
    thread,
};

use crate::{fails, holds, report};

fn two(body: impl Fn(&AtomicU32) + Copy + Send + Sync) -> u32 {
    let atomic = AtomicU32::new(0);
    thread::scope(|scope| {
        scope.spawn(|| body(&atomic));
        body(&atomic);
    });
    atomic.load(SeqCst)
}

#[test]
fn a_load_and_a_store_are_two_steps_and_fetch_add_is_one() {
    holds(|| assert_eq!(two(|atomic| assert!(atomic.fetch_add(1, SeqCst) < 2)), 2));
    let failure = fails(FailureKind::Panic, || {
        assert_eq!(two(|atomic| atomic.store(atomic.load(SeqCst) + 1, SeqCst)), 2);
    });
    assert_eq!(failure.preemptions, 1);
}

#[test]
fn an_exchange_fails_where_somebody_came_in_between() {
    let add = |atomic: &AtomicU32| {
        let mut seen = atomic.load(SeqCst);
        while let Err(found) = atomic.compare_exchange(seen, seen + 1, SeqCst, SeqCst) {
            seen = found;
        }
    };
    holds(move || assert_eq!(two(add), 2));
    holds(|| {
        assert_eq!(
            two(|atomic| assert!(atomic.fetch_update(SeqCst, SeqCst, |old| Some(old + 1)).is_ok())),
            2
        )
    });
    // Without the loop an update is lost.
    let once = |atomic: &AtomicU32| {
        let seen = atomic.load(SeqCst);
        let _ = atomic.compare_exchange(seen, seen + 1, SeqCst, SeqCst);
    };
    fails(FailureKind::Panic, move || assert_eq!(two(once), 2));
}

#[test]
fn a_weak_exchange_may_fail_for_no_reason() {
    let failure = fails(FailureKind::Panic, || {
        let atomic = AtomicU32::new(0);
        assert!(atomic.compare_exchange_weak(0, 1, SeqCst, SeqCst).is_ok());
    });
    assert!(!failure.always);
    holds(|| assert!(AtomicU32::new(0).compare_exchange(0, 1, SeqCst, SeqCst).is_ok()));
}

#[test]
fn one_of_two_swaps_is_the_first() {
    holds(|| {
        let taken = AtomicBool::new(false);
        let take = || u32::from(!taken.swap(true, SeqCst));
        let both = thread::scope(|scope| {
            let other = scope.spawn(take);
            take() + other.join().unwrap()
        });
        assert_eq!(both, 1);
    });
}

/// Dekker: under sequential consistency one of two threads sees what the other wrote.
#[test]
fn one_of_two_writers_sees_the_other() {
    holds(|| {
        let (x, y) = (AtomicU32::new(0), AtomicU32::new(0));
        let saw = |mine: &AtomicU32, other: &AtomicU32| {
            mine.store(1, SeqCst);
            other.load(SeqCst)
        };
        let sum = thread::scope(|scope| {
            let child = scope.spawn(|| saw(&x, &y));
            saw(&y, &x) + child.join().unwrap()
        });
        assert!(sum > 0);
    });
}

#[test]
fn two_readers_agree_on_the_order_of_two_writes() {
    holds(|| {
        let (x, y) = (AtomicU32::new(0), AtomicU32::new(0));
        let read = |first: &AtomicU32, second: &AtomicU32| (first.load(SeqCst), second.load(SeqCst));
        thread::scope(|scope| {
            scope.spawn(|| x.store(1, SeqCst));
            scope.spawn(|| y.store(1, SeqCst));
            let one = scope.spawn(|| read(&x, &y));
            let other = scope.spawn(|| read(&y, &x));
            assert!((one.join().unwrap(), other.join().unwrap()) != ((1, 0), (1, 0)));
        });
    });
}

#[test]
fn weak_orderings_are_noted() {
    use kata_model::sync::atomic::Ordering::Relaxed;
    assert!(report(|| AtomicU32::new(0).store(1, Relaxed)).weak_orderings);
    assert!(!report(|| AtomicU32::new(0).store(1, SeqCst)).weak_orderings);
}
