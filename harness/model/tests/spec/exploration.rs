//! What an exploration tells, and what it refuses to judge.

use std::cell::Cell;

use kata_model::{
    Blocked,
    explore::{Config, FailureKind, explore},
    sync::{
        Arc, Mutex,
        atomic::{AtomicU32, Ordering::SeqCst},
        mpsc,
    },
    thread,
};

use crate::{fails, failure};

#[test]
fn a_deadlock_names_who_holds_what_since_where() {
    let failure = fails(FailureKind::Deadlock, || {
        let locks = Arc::new((Mutex::new(0), Mutex::new(0)));
        let theirs = Arc::clone(&locks);
        let child = thread::spawn(move || {
            let _first = theirs.0.lock().unwrap();
            let _second = theirs.1.lock().unwrap();
        });
        {
            let _second = locks.1.lock().unwrap();
            let _first = locks.0.lock().unwrap();
        }
        child.join().unwrap();
    });
    assert!(!failure.always);
    let held = |blocked: &Blocked| (blocked.thread.0, blocked.holders[0].thread.0, blocked.op);
    let cycle: Vec<_> = failure.blocked.iter().map(held).collect();
    assert_eq!(cycle, [(0, 1, "lock"), (1, 0, "lock")]);
    let lines = |blocked: &Blocked| (blocked.source.line, blocked.holders[0].since.line);
    let (waits, since) = lines(&failure.blocked[0]);
    assert!(waits > since, "the child took it in an earlier line");
}

#[test]
fn the_values_of_plain_types_show_in_the_trace() {
    let failure = fails(FailureKind::Panic, || {
        let balance = Arc::new(Mutex::new(100));
        let children = [0, 1].map(|_| {
            let balance = Arc::clone(&balance);
            thread::spawn(move || {
                let enough = *balance.lock().unwrap() >= 80;
                if enough {
                    *balance.lock().unwrap() -= 80;
                }
            })
        });
        children.into_iter().for_each(|child| child.join().unwrap());
        assert!(*balance.lock().unwrap() >= 0, "overdrawn");
    });
    let wrote: Vec<_> = failure
        .trace
        .events
        .iter()
        .filter_map(|event| event.wrote.as_deref())
        .collect();
    assert_eq!(wrote, ["20", "-60"]);
    assert_eq!(failure.preemptions, 1);
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
fn a_scenario_cannot_explore() {
    let failure = failure(|| {
        let inner = explore(&Config::default(), || ());
        panic!("{}", inner.unwrap_err());
    });
    assert_eq!(failure.message, "a scenario cannot explore another scenario");
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
