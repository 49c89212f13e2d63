//! `Barrier`.

use kata_model::{
    explore::FailureKind,
    sync::{
        Barrier,
        atomic::{AtomicU32, Ordering::SeqCst},
    },
    thread,
};

use crate::{fails, holds};

#[test]
fn nobody_passes_before_all_have_come() {
    let scenario = |waits: bool| {
        move || {
            let (barrier, come) = (Barrier::new(3), AtomicU32::new(0));
            thread::scope(|scope| {
                for _ in 0..3 {
                    scope.spawn(|| {
                        come.fetch_add(1, SeqCst);
                        if waits {
                            barrier.wait();
                        }
                        assert_eq!(come.load(SeqCst), 3);
                    });
                }
            });
        }
    };
    holds(scenario(true));
    fails(FailureKind::Panic, scenario(false));
}

#[test]
fn one_more_than_it_is_made_for_waits_alone() {
    let failure = fails(FailureKind::Deadlock, || {
        let barrier = Barrier::new(2);
        thread::scope(|scope| {
            for _ in 0..3 {
                scope.spawn(|| barrier.wait());
            }
        });
    });
    assert!(failure.always);
}

#[test]
fn a_barrier_for_one_or_none_lets_everyone_through() {
    holds(|| {
        assert!(Barrier::new(1).wait().is_leader());
        assert!(Barrier::new(0).wait().is_leader());
    });
}

#[test]
fn those_of_one_round_may_leave_after_the_next_has_begun() {
    // Three pass a barrier for two, twice together: whoever is late to leave is not waited for.
    let failure = fails(FailureKind::Panic, || {
        let (barrier, left) = (Barrier::new(2), AtomicU32::new(0));
        thread::scope(|scope| {
            scope.spawn(|| {
                barrier.wait();
                left.fetch_add(1, SeqCst);
            });
            barrier.wait();
            scope.spawn(|| barrier.wait());
            barrier.wait();
            assert_eq!(left.load(SeqCst), 1);
        });
    });
    assert!(!failure.always);
}

#[test]
fn a_barrier_has_one_leader_each_time() {
    holds(|| {
        let barrier = Barrier::new(2);
        let leaders = AtomicU32::new(0);
        let wait = || leaders.fetch_add(u32::from(barrier.wait().is_leader()), SeqCst);
        thread::scope(|scope| {
            scope.spawn(|| {
                wait();
                wait();
            });
            wait();
            wait();
        });
        assert_eq!(leaders.load(SeqCst), 2);
    });
    fails(FailureKind::Deadlock, || {
        Barrier::new(2).wait();
    });
}
