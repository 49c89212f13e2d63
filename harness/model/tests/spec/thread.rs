//! Threads: spawning, joining, scopes.

use kata_model::{
    explore::{Config, FailureKind, Proof, explore},
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering::SeqCst},
        mpsc,
    },
    thread,
};

use crate::{fails, failure, holds, passes, report};

#[test]
fn what_a_thread_did_shows_once_it_is_joined() {
    let scenario = |joins: bool| {
        move || {
            let done = Arc::new(AtomicU32::new(0));
            let theirs = Arc::clone(&done);
            let child = thread::spawn(move || theirs.store(1, SeqCst));
            if joins {
                child.join().unwrap();
            }
            assert_eq!(done.load(SeqCst), 1);
        }
    };
    holds(scenario(true));
    fails(FailureKind::Panic, scenario(false));
}

#[test]
fn a_thread_is_finished_sooner_or_later() {
    for expected in [true, false] {
        let failure = failure(move || {
            let child = thread::spawn(|| ());
            assert_ne!(child.is_finished(), expected);
        });
        assert!(!failure.always);
    }
    holds(|| {
        let done = Arc::new(AtomicU32::new(0));
        let theirs = Arc::clone(&done);
        let child = thread::spawn(move || theirs.store(1, SeqCst));
        if child.is_finished() {
            assert_eq!(done.load(SeqCst), 1);
        }
    });
}

#[test]
fn a_panic_that_nobody_asks_for_is_nobodys() {
    holds(|| {
        drop(thread::spawn(|| panic!("unheard")));
        let heard = thread::scope(|scope| scope.spawn(|| panic!("heard")).join().is_err());
        assert!(heard);
    });
}

#[test]
fn a_scope_waits_for_threads_that_its_threads_start() {
    holds(|| {
        let count = AtomicU32::new(0);
        thread::scope(|scope| {
            scope.spawn(|| {
                scope.spawn(|| count.fetch_add(1, SeqCst));
                count.fetch_add(1, SeqCst);
            });
        });
        assert_eq!(count.load(SeqCst), 2);
    });
}

#[test]
fn a_thread_that_joins_itself_waits_for_ever() {
    let failure = fails(FailureKind::Deadlock, || {
        let (hand_over, handle) = mpsc::channel::<thread::JoinHandle<()>>();
        let (sender, done) = mpsc::channel();
        let child = thread::spawn(move || {
            let mine = handle.recv().unwrap();
            mine.join().unwrap();
            sender.send(()).unwrap();
        });
        hand_over.send(child).unwrap();
        done.recv().unwrap();
    });
    assert_eq!(failure.blocked.len(), 2);
    assert!(failure.always);
}

#[test]
fn threads_have_names_and_are_told_apart() {
    holds(|| {
        let named = thread::Builder::new().name("worker".into());
        let child = named
            .spawn(|| thread::current().name().map(str::to_owned))
            .unwrap();
        assert_ne!(child.thread().id(), thread::current().id());
        assert_eq!(child.join().unwrap().as_deref(), Some("worker"));
    });
}

#[test]
fn join_gives_the_panic() {
    holds(|| {
        let payload = thread::spawn(|| panic!("mine")).join().unwrap_err();
        assert_eq!(payload.downcast_ref::<&str>(), Some(&"mine"));
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
fn too_many_threads_are_an_error_and_no_verdict() {
    let result = explore(&Config::default(), || {
        let children: Vec<_> = (0..100).map(|_| thread::spawn(|| ())).collect();
        children.into_iter().for_each(|child| child.join().unwrap());
    });
    assert!(result.unwrap_err().to_string().contains("more than 63 threads"));
}

#[test]
fn a_verdict_does_not_depend_on_the_machine() {
    holds(|| assert_eq!(thread::available_parallelism().unwrap().get(), 4));
}

/// Adds to a number when it is dropped.
struct Loud(Arc<AtomicU32>);

impl Drop for Loud {
    fn drop(&mut self) {
        self.0.fetch_add(1, SeqCst);
    }
}

/// Who drops it, the thread or the one who let go of its handle, is decided by a count that no schedule knows of.
#[test]
fn a_result_that_nobody_takes_is_not_proved_to_go_unnoticed() {
    fn unproved<T: Send + 'static>(body: fn(Loud) -> T) {
        let proof = passes(move || {
            let number = Arc::new(AtomicU32::new(0));
            let loud = Loud(Arc::clone(&number));
            drop(thread::spawn(move || body(loud)));
            number.load(SeqCst);
        });
        assert!(!matches!(proof, Proof::Exhausted { .. }), "{proof:?}");
    }
    unproved(|loud| loud);
    unproved::<()>(|loud| std::panic::panic_any(loud));
}

#[test]
fn a_result_that_is_taken_or_of_no_account_costs_no_proof() {
    holds(|| {
        let number = Arc::new(AtomicU32::new(0));
        let loud = Loud(Arc::clone(&number));
        drop(thread::spawn(move || loud).join());
        drop(thread::spawn(|| 1));
        assert_eq!(number.load(SeqCst), 1);
    });
}
