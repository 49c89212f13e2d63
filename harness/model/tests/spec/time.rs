//! Virtual time.

use kata_model::{
    explore::FailureKind,
    sync::{
        Arc, Condvar, Mutex, RwLock,
        atomic::{AtomicBool, AtomicU32, Ordering::SeqCst},
        mpsc,
    },
    thread,
    time::{Duration, Instant},
};

use crate::{LIMIT, fails, failure, holds, passes};

#[test]
fn sleep_is_no_synchronisation() {
    let failure = fails(FailureKind::Panic, || {
        let done = Arc::new(AtomicU32::new(0));
        let theirs = Arc::clone(&done);
        thread::spawn(move || theirs.store(1, SeqCst));
        thread::sleep(Duration::from_secs(3_600));
        assert_eq!(done.load(SeqCst), 1);
    });
    assert_eq!(failure.preemptions, 0);
}

#[test]
fn a_sleep_takes_its_time_and_no_more() {
    holds(|| {
        let start = Instant::now();
        thread::sleep(LIMIT);
        assert_eq!(start.elapsed(), LIMIT);
        thread::park_timeout(LIMIT);
        let passed = start.elapsed();
        assert!(passed == LIMIT || passed == 2 * LIMIT, "the park may end early");
    });
}

#[test]
fn time_travels_with_what_is_handed_over() {
    holds(|| {
        let start = Instant::now();
        let child = thread::spawn(|| thread::sleep(LIMIT));
        child.join().unwrap();
        assert!(start.elapsed() >= LIMIT);
    });
}

#[test]
fn readers_of_one_lock_may_come_in_any_order_of_their_clocks() {
    // The reader that has not slept may come after the one that has, or before: only one of the two is `late`.
    for late in [true, false] {
        let failure = failure(move || {
            let lock = Arc::new((RwLock::new(()), AtomicBool::new(false)));
            let start = Instant::now();
            let theirs = Arc::clone(&lock);
            let child = thread::spawn(move || {
                thread::sleep(LIMIT);
                drop(theirs.0.read().unwrap());
                theirs.1.store(true, SeqCst);
            });
            drop(lock.0.read().unwrap());
            let after = lock.1.load(SeqCst);
            assert_eq!(start.elapsed() >= LIMIT, after);
            assert_ne!(after, late);
            child.join().unwrap();
        });
        assert!(!failure.always);
    }
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
fn a_loop_that_waits_for_the_time_to_pass_ends() {
    passes(|| {
        let start = Instant::now();
        while start.elapsed() < Duration::from_secs(60) {}
    });
}

#[test]
fn who_comes_after_the_end_of_a_wait_comes_later() {
    passes(|| {
        let start = Instant::now();
        let (sender, receiver) = mpsc::channel::<()>();
        let expired = Arc::new(AtomicBool::new(false));
        let theirs = Arc::clone(&expired);
        let waiter = thread::spawn(move || {
            let waited = receiver.recv_timeout(LIMIT);
            theirs.store(waited.is_err(), SeqCst);
            receiver
        });
        sender.send(()).unwrap();
        // In whichever order the two come, time does not go back: a wait that had expired was over before this.
        let late = expired.load(SeqCst) && start.elapsed() < LIMIT;
        assert!(!late, "sent before the limit, after the wait had expired");
        drop(waiter.join().unwrap());
    });
}

#[test]
fn a_limit_whose_end_cannot_be_told_never_comes() {
    for forever in [Duration::MAX, Duration::from_secs(u64::MAX / 2)] {
        let failure = fails(FailureKind::Deadlock, move || {
            let (_sender, receiver) = mpsc::channel::<()>();
            let waited = receiver.recv_timeout(forever);
            unreachable!("{waited:?} at {:?}", Instant::now());
        });
        assert_eq!(failure.blocked.len(), 1);
        fails(FailureKind::Deadlock, move || {
            let lock = Mutex::new(());
            let waited = Condvar::new().wait_timeout_while(lock.lock().unwrap(), forever, |()| true);
            unreachable!("{:?}", waited.unwrap().1);
        });
    }
    holds(|| {
        thread::sleep(Duration::MAX);
        thread::sleep(Duration::MAX);
        let _ = Instant::now();
    });
}

#[test]
fn who_waits_in_vain_for_a_message_knows_when_the_last_sender_went() {
    passes(|| {
        let (sender, receiver) = mpsc::channel::<()>();
        let child = thread::spawn(move || {
            thread::sleep(LIMIT);
            drop(sender);
        });
        let start = Instant::now();
        let ended = receiver.recv_timeout(4 * LIMIT);
        if ended == Err(mpsc::RecvTimeoutError::Disconnected) {
            assert!(start.elapsed() >= LIMIT, "{:?}", start.elapsed());
        }
        child.join().unwrap();
    });
}
