//! The documented corners of each primitive, right and wrong uses side by side.

#![allow(clippy::unwrap_used, reason = "scenarios panic where they fail")]

use kata_model::{
    Blocked, ThreadId,
    explore::{Config, Failure, FailureKind, Proof, explore},
    sync::{
        Arc, Barrier, Condvar, LazyLock, Mutex, Once, OnceLock, RwLock, RwLockWriteGuard, TryLockError,
        atomic::{AtomicU32, Ordering::SeqCst},
        mpsc::{self, RecvTimeoutError, TryRecvError, TrySendError},
    },
    thread,
    time::Duration,
};

fn holds(scenario: impl Fn() + 'static) {
    let report = explore(&Config::default(), scenario).unwrap();
    let proof = report
        .verdict
        .unwrap_or_else(|failure| panic!("it fails: {failure:#?}"));
    assert!(matches!(proof, Proof::Exhausted { .. }), "{proof:?}");
}

fn fails(kind: FailureKind, scenario: impl Fn() + 'static) -> Failure {
    let report = explore(&Config::default(), scenario).unwrap();
    let failure = *report.verdict.expect_err("it must fail under some schedule");
    assert_eq!(failure.kind, kind, "{}", failure.message);
    failure
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

#[test]
fn a_once_runs_once_and_deadlocks_when_it_calls_itself() {
    holds(|| {
        let (once, runs) = (Once::new(), AtomicU32::new(0));
        thread::scope(|scope| {
            for _ in 0..2 {
                scope.spawn(|| {
                    once.call_once(|| {
                        runs.fetch_add(1, SeqCst);
                    });
                    assert_eq!(runs.load(SeqCst), 1, "done, whoever did it");
                });
            }
        });
        assert!(once.is_completed());
    });
    fails(FailureKind::Deadlock, || {
        let once = Once::new();
        once.call_once(|| once.call_once(|| ()));
    });
}

#[test]
fn a_cell_keeps_the_first_value() {
    holds(|| {
        let cell = OnceLock::new();
        let set = thread::scope(|scope| {
            let children = [1, 2].map(|value| {
                let cell = &cell;
                scope.spawn(move || cell.set(value).is_ok())
            });
            children.map(|child| child.join().unwrap())
        });
        assert_eq!(cell.get(), Some(if set[0] { &1 } else { &2 }));
        assert!(set[0] ^ set[1]);
    });
}

#[test]
fn a_lazy_value_is_made_once() {
    static MADE: AtomicU32 = AtomicU32::new(0);
    static LAZY: LazyLock<u32> = LazyLock::new(|| MADE.fetch_add(1, SeqCst) + 1);
    holds(|| {
        thread::scope(|scope| {
            scope.spawn(|| assert_eq!(*LAZY, 1));
            assert_eq!(*LAZY, 1);
        });
        assert_eq!(MADE.load(SeqCst), 1);
    });
}

#[test]
fn a_channel_ends_with_its_last_sender() {
    holds(|| {
        let (sender, receiver) = mpsc::channel();
        let children = [1, 2].map(|value| {
            let sender = sender.clone();
            thread::spawn(move || sender.send(value).unwrap())
        });
        drop(sender);
        assert_eq!(receiver.iter().sum::<u32>(), 3);
        assert_eq!(receiver.try_recv(), Err(TryRecvError::Disconnected));
        children.into_iter().for_each(|child| child.join().unwrap());
    });
    fails(FailureKind::Deadlock, || {
        let (_kept, receiver) = mpsc::channel::<u32>();
        receiver.iter().for_each(drop);
    });
}

#[test]
fn messages_of_one_sender_keep_their_order() {
    holds(|| {
        let (sender, receiver) = mpsc::channel();
        let child = thread::spawn(move || (0..3).for_each(|value| sender.send(value).unwrap()));
        assert_eq!(receiver.into_iter().collect::<Vec<_>>(), [0, 1, 2]);
        child.join().unwrap();
    });
}

#[test]
fn a_channel_without_a_buffer_hands_over() {
    holds(|| {
        let (sender, receiver) = mpsc::sync_channel(0);
        assert_eq!(sender.try_send(0), Err(TrySendError::Full(0)));
        let met = Arc::new(AtomicU32::new(0));
        let theirs = Arc::clone(&met);
        let child = thread::spawn(move || {
            theirs.store(1, SeqCst);
            receiver.recv().unwrap()
        });
        sender.send(7).unwrap();
        assert_eq!(met.load(SeqCst), 1, "the receiver had come");
        assert_eq!(child.join().unwrap(), 7);
        assert!(sender.send(8).is_err());
    });
    fails(FailureKind::Deadlock, || {
        let (sender, _receiver) = mpsc::sync_channel(0);
        sender.send(1).unwrap();
    });
}

#[test]
fn a_full_channel_makes_its_sender_wait() {
    fails(FailureKind::Deadlock, || {
        let (sender, receiver) = mpsc::sync_channel(1);
        sender.send(1).unwrap();
        sender.send(2).unwrap();
        drop(receiver);
    });
}

#[test]
fn a_receive_without_a_message_times_out() {
    holds(|| {
        let (sender, receiver) = mpsc::channel::<u32>();
        assert_eq!(
            receiver.recv_timeout(Duration::MAX),
            Err(RecvTimeoutError::Timeout)
        );
        drop(sender);
        assert_eq!(
            receiver.recv_timeout(Duration::MAX),
            Err(RecvTimeoutError::Disconnected)
        );
    });
}

#[test]
fn a_thread_has_one_token() {
    holds(|| {
        thread::current().unpark();
        thread::park();
    });
    fails(FailureKind::Deadlock, || {
        thread::current().unpark();
        thread::current().unpark();
        thread::park();
        thread::park();
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
fn a_thread_local_belongs_to_its_thread() {
    kata_model::thread_local! {
        static MINE: std::cell::Cell<u32> = const { std::cell::Cell::new(1) };
    }
    holds(|| {
        MINE.set(2);
        let theirs = thread::spawn(|| MINE.replace(3)).join().unwrap();
        assert_eq!((MINE.get(), theirs), (2, 1));
    });
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
fn what_was_written_shows_where_a_lock_is_kept_for_reading() {
    let failure = fails(FailureKind::Panic, || {
        let lock = RwLock::new(1);
        let mut whole = lock.write().unwrap();
        *whole = 2;
        drop(RwLockWriteGuard::downgrade(whole));
        drop(RwLockWriteGuard::downgrade(lock.write().unwrap()));
        panic!("to see the trace");
    });
    let events = failure.trace.events.iter();
    let downgrades = events.filter(|event| event.op == "downgrade");
    let wrote: Vec<_> = downgrades.map(|event| event.wrote.as_deref()).collect();
    assert_eq!(wrote, [Some("2"), None]);
}

#[test]
fn a_destructor_that_panics_at_a_threads_end_fails_the_scenario() {
    struct Loud;
    impl Drop for Loud {
        fn drop(&mut self) {
            panic!("in a destructor");
        }
    }
    kata_model::thread_local! {
        static LOUD: Loud = const { Loud };
    }
    let failure = fails(FailureKind::Panic, || {
        let child = thread::spawn(|| LOUD.with(|_| ()));
        child.join().unwrap();
    });
    assert!(
        failure
            .panics
            .iter()
            .any(|panic| panic.message == "in a destructor")
    );
}
