//! Faults of the primitives hide from the comparison of two searches, which both run them. So here is what must be
//! possible, and a planted fault makes it impossible.

use std::time::Duration;

use crate::{
    explore::{Config, explore},
    faults::{Fault, with_planted},
    sync::{Arc, Condvar, Mutex, RwLock, mpsc},
    thread,
};

/// Whether some schedule makes the scenario fail.
fn fails(scenario: fn()) -> bool {
    explore(&Config::default(), scenario).unwrap().verdict.is_err()
}

/// The scenario fails under some schedule, and no longer does with the fault.
fn shows(fault: Fault, scenario: fn()) {
    assert!(fails(scenario), "without {fault:?}");
    assert!(!with_planted(fault, || fails(scenario)), "with {fault:?}");
}

/// Fails when the one that waits longest is not woken.
fn the_oldest_is_woken() {
    let shared = Arc::new((Mutex::new(Vec::new()), Condvar::new(), Condvar::new()));
    let children: Vec<_> = (0..2)
        .map(|_| {
            let shared = Arc::clone(&shared);
            thread::spawn(move || {
                let mut list = shared.0.lock().unwrap();
                let place = list.len();
                list.push(false);
                shared.2.notify_one();
                list = shared.1.wait(list).unwrap();
                list[place] = true;
                // The first to wake lets the other go, after what it has seen.
                let in_order = list[0];
                shared.1.notify_one();
                in_order
            })
        })
        .collect();
    let mut list = shared.0.lock().unwrap();
    while list.len() < 2 {
        list = shared.2.wait(list).unwrap();
    }
    shared.1.notify_one();
    drop(list);
    for child in children {
        assert!(child.join().unwrap());
    }
}

fn nothing_expires() {
    let (sender, receiver) = mpsc::channel();
    let child = thread::spawn(move || sender.send(1).is_ok());
    assert!(receiver.recv_timeout(Duration::from_millis(1)).is_ok());
    child.join().unwrap();
}

fn no_wait_expires() {
    let shared = Arc::new((Mutex::new(false), Condvar::new()));
    let theirs = Arc::clone(&shared);
    let child = thread::spawn(move || {
        *theirs.0.lock().unwrap() = true;
        theirs.1.notify_one();
    });
    let ready = shared.0.lock().unwrap();
    if !*ready {
        let (ready, result) = shared.1.wait_timeout(ready, Duration::from_millis(1)).unwrap();
        // Not about spurious awakenings: those do not time out.
        assert!(!result.timed_out());
        drop(ready);
    } else {
        drop(ready);
    }
    child.join().unwrap();
}

fn a_reader_reads_twice() {
    let lock = Arc::new(RwLock::new(0));
    let theirs = Arc::clone(&lock);
    let child = thread::spawn(move || *theirs.write().unwrap() += 1);
    {
        let _first = lock.read().unwrap();
        let _second = lock.read().unwrap();
    }
    child.join().unwrap();
}

#[test]
fn who_is_woken_is_a_choice() {
    let calm = Config {
        limits: crate::Limits::default(),
        ..Config::default()
    };
    let fails = || explore(&calm, the_oldest_is_woken).unwrap().verdict.is_err();
    assert!(fails());
    assert!(!with_planted(Fault::OldestWaiter, fails));
}

#[test]
fn that_a_receive_expires_is_a_choice() {
    shows(Fault::NeverExpires, nothing_expires);
}

#[test]
fn that_a_wait_expires_is_a_choice() {
    shows(Fault::NeverExpires, no_wait_expires);
}

#[test]
fn that_a_reader_queues_is_a_choice() {
    shows(Fault::ReadersNeverQueue, a_reader_reads_twice);
}
