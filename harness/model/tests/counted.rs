//! References whose counts the model sees: what a schedule makes of them is found, and what none can is ruled out.

#![allow(clippy::unwrap_used, reason = "scenarios panic where they fail")]

use std::{cell::RefCell, collections::BTreeSet, rc::Rc};

use kata_model::{
    explore::{Config, Proof, explore},
    sync::{
        atomic::{AtomicBool, AtomicU32, Ordering::SeqCst},
        counted::{Arc, Weak},
        mpsc,
    },
    thread,
};

/// Every result that some schedule of the scenario has; all schedules are run.
#[track_caller]
fn results<T: Ord + 'static>(scenario: impl Fn() -> T + 'static) -> BTreeSet<T> {
    let results = Rc::new(RefCell::new(BTreeSet::new()));
    let seen = Rc::clone(&results);
    let report = explore(&Config::default(), move || {
        let result = scenario();
        seen.borrow_mut().insert(result);
    });
    let proof = report.unwrap().verdict.unwrap();
    assert!(matches!(proof, Proof::Exhausted { .. }), "{proof:?}");
    Rc::into_inner(results).unwrap().into_inner()
}

/// Does what is given on two threads, each with a reference of its own and no other left.
fn both<T: Send + Sync + 'static, A: Send + 'static, B: Send + 'static>(
    value: T,
    one: impl FnOnce(Arc<T>) -> A + Send + 'static,
    other: impl FnOnce(Arc<T>) -> B + Send + 'static,
) -> (A, B) {
    let first = Arc::new(value);
    let second = Arc::clone(&first);
    let one = thread::spawn(move || one(first));
    let other = thread::spawn(move || other(second));
    (one.join().unwrap(), other.join().unwrap())
}

/// Says on which thread it ends.
struct Loud(mpsc::Sender<bool>);

impl Drop for Loud {
    fn drop(&mut self) {
        self.0.send(thread::current().name() == Some("other")).unwrap();
    }
}

#[test]
fn either_thread_may_be_the_last() {
    let last = results(|| {
        let (sender, receiver) = mpsc::channel();
        let (cell, theirs) = (Arc::new(AtomicU32::new(0)), Arc::new(AtomicU32::new(0)));
        let value = Arc::new(Loud(sender));
        let same = Arc::clone(&value);
        let one = thread::spawn(move || {
            cell.store(1, SeqCst);
            drop(value);
        });
        let other = thread::Builder::new().name("other".into()).spawn(move || {
            theirs.store(1, SeqCst);
            drop(same);
        });
        one.join().unwrap();
        other.unwrap().join().unwrap();
        receiver.try_iter().collect::<Vec<_>>()
    });
    assert_eq!(last, BTreeSet::from([vec![false], vec![true]]));
}

#[test]
fn a_thread_may_be_interrupted_before_it_lets_go() {
    let seen = results(|| {
        let look = |value: Arc<AtomicBool>| value.load(SeqCst).then(|| Arc::strong_count(&value));
        both(AtomicBool::new(false), |value| value.store(true, SeqCst), look).1
    });
    assert_eq!(seen, BTreeSet::from([None, Some(1), Some(2)]));
}

#[test]
fn of_two_that_want_the_value_one_gets_it_in_the_end() {
    let seen = results(|| {
        let take = |value| Arc::into_inner(value).is_some();
        both(7, take, take)
    });
    assert_eq!(seen, BTreeSet::from([(false, true), (true, false)]));
    // With try_unwrap both may find that there is another one.
    let seen = results(|| {
        let take = |value| Arc::try_unwrap(value).is_ok();
        both(7, take, take)
    });
    assert_eq!(
        seen,
        BTreeSet::from([(false, false), (false, true), (true, false)])
    );
}

#[test]
fn a_weak_reference_comes_in_time_or_too_late() {
    let seen = results(|| {
        let value = Arc::new(7);
        let weak = Arc::downgrade(&value);
        let other = thread::spawn(move || weak.upgrade().map(|value| *value));
        drop(value);
        other.join().unwrap()
    });
    assert_eq!(seen, BTreeSet::from([None, Some(7)]));
}

#[test]
fn a_value_is_changed_in_place_or_copied() {
    let seen = results(|| {
        let change = |mut value: Arc<u32>| {
            let before = Arc::as_ptr(&value);
            *Arc::make_mut(&mut value) += 1;
            (*value, before == Arc::as_ptr(&value))
        };
        both(7, change, drop).0
    });
    assert_eq!(seen, BTreeSet::from([(8, false), (8, true)]));
    let seen = results(|| {
        let change = |mut value: Arc<u32>| Arc::get_mut(&mut value).is_some();
        both(7, change, drop).0
    });
    assert_eq!(seen, BTreeSet::from([false, true]));
}

#[test]
fn the_last_sender_goes_with_its_last_owner() {
    // One of the threads goes on after it has let go: the channel may have ended by then, or not.
    let seen = results(|| {
        let (sender, receiver) = mpsc::channel::<u32>();
        let flag = Arc::new(AtomicBool::new(false));
        let (mine, theirs) = (Arc::new(sender), Arc::clone(&flag));
        let same = Arc::clone(&mine);
        let one = thread::spawn(move || {
            drop(mine);
            theirs.store(true, SeqCst);
        });
        let other = thread::spawn(move || drop(same));
        let ended = receiver.recv().is_err();
        let stored = flag.load(SeqCst);
        one.join().unwrap();
        other.join().unwrap();
        (ended, stored)
    });
    assert_eq!(seen, BTreeSet::from([(true, false), (true, true)]));
}

#[test]
fn where_nobody_looks_references_cost_no_schedules() {
    let report = explore(&Config::default(), || {
        let cell = Arc::new(AtomicU32::new(0));
        for _ in 0..3 {
            let cell = Arc::clone(&cell);
            thread::spawn(move || cell.fetch_add(1, SeqCst));
        }
    });
    let proof = report.unwrap().verdict.unwrap();
    assert_eq!(
        proof,
        Proof::Exhausted {
            executions: 6,
            spurious: true
        },
        "the orders of three additions"
    );
}

#[test]
fn a_cycle_is_no_cycle_when_it_is_weak() {
    struct Node {
        own: Weak<Node>,
    }
    let seen = results(|| {
        let node = Arc::new_cyclic(|own: &Weak<Node>| {
            assert!(own.upgrade().is_none(), "it is not there yet");
            Node { own: own.clone() }
        });
        let same = node.own.upgrade().unwrap();
        let shared = (
            Arc::ptr_eq(&node, &same),
            Arc::strong_count(&node),
            Arc::weak_count(&node),
        );
        let weak = Arc::downgrade(&node);
        drop((node, same));
        (
            shared,
            weak.upgrade().is_none(),
            weak.strong_count(),
            weak.weak_count(),
        )
    });
    assert_eq!(seen, BTreeSet::from([((true, 2, 1), true, 0, 0)]));
}

#[test]
fn outside_an_exploration_they_are_the_real_ones() {
    let text: Arc<str> = "text".into();
    let bytes: Arc<[u8]> = Arc::from(Arc::clone(&text));
    assert_eq!(
        (&*text, &*bytes, Arc::strong_count(&text)),
        ("text", &b"text"[..], 2)
    );
    let array: Arc<[u32; 2]> = Arc::try_from(Arc::<[u32]>::from(vec![1, 2])).unwrap();
    assert_eq!(format!("{array:?}"), "[1, 2]");
    assert!(Arc::<[u32; 3]>::try_from((1..3).collect::<Arc<[u32]>>()).is_err());
    let mut shared = Arc::new(String::from("a"));
    let weak = Arc::downgrade(&shared);
    Arc::make_mut(&mut shared).push('b');
    assert_eq!(
        (Arc::unwrap_or_clone(shared), weak.upgrade()),
        ("ab".to_owned(), None)
    );
}
