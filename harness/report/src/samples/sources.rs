//! What learners wrote, for the traces of it.

/// The sources of the traces, by slug.
pub(crate) const SOURCES: [(&str, &str); 7] = [
    ("lost-update", LOST_UPDATE),
    ("two-locks", TWO_LOCKS),
    ("missed-signal", MISSED_SIGNAL),
    ("dining-philosophers", PHILOSOPHERS),
    ("channel", RECEIVER),
    ("check-then-act", CHECK_THEN_ACT),
    ("flag", FLAG),
];

const TWO_LOCKS: &str = "\
use std::sync::{Arc, Mutex};
use std::thread;

pub fn swap_twice(a: Arc<Mutex<u32>>, b: Arc<Mutex<u32>>) {
    let (left, right) = (Arc::clone(&a), Arc::clone(&b));

    let one = thread::spawn(move || {
        let mut x = left.lock().unwrap();
        let mut y = right.lock().unwrap();
        std::mem::swap(&mut *x, &mut *y);
    });

    let two = thread::spawn(move || {
        let mut y = b.lock().unwrap();
        let mut x = a.lock().unwrap();
        std::mem::swap(&mut *x, &mut *y);
    });
    one.join().unwrap();
    two.join().unwrap();
}
";

const MISSED_SIGNAL: &str = "\
use std::sync::{Arc, Condvar, Mutex};
use std::thread;

pub fn wait_for_worker() {
    let pair = Arc::new((Mutex::new(false), Condvar::new()));
    let theirs = Arc::clone(&pair);

    thread::spawn(move || {
        let (done, ready) = &*theirs;
        *done.lock().unwrap() = true;

        ready.notify_one();
    });

    let (done, ready) = &*pair;
    let guard = done.lock().unwrap();
    let _guard = ready.wait(guard).unwrap();
}
";

const PHILOSOPHERS: &str = "\
use std::sync::{Arc, Mutex};
use std::thread;

pub fn dine(seats: usize) {
    let forks: Vec<_> = (0..seats).map(|_| Arc::new(Mutex::new(()))).collect();
    let mut guests = Vec::new();
    for seat in 0..seats {
        let left = Arc::clone(&forks[seat]);
        let right = Arc::clone(&forks[(seat + 1) % seats]);
        guests.push(thread::spawn(move || {
            let _left = left.lock().unwrap();
            let _right = right.lock().unwrap();
        }));
    }
    for guest in guests {
        guest.join().unwrap();
    }
}
";

const RECEIVER: &str = "\
use std::sync::mpsc;
use std::thread;

pub fn total(numbers: Vec<u32>) -> u32 {
    let (sender, receiver) = mpsc::channel();
    for number in numbers {
        let sender = sender.clone();
        thread::spawn(move || {
            sender.send(number).unwrap();
        });
    }
    receiver.iter().sum()
}
";

const CHECK_THEN_ACT: &str = "\
pub fn book(seats: &Mutex<u32>) -> bool {
    // Is there one left?
    if *seats.lock().unwrap() > 0 {
        *seats.lock().unwrap() -= 1;
        return true;
    }
    false
}
";

const FLAG: &str = "\
pub fn hand_over(ready: &AtomicBool, taken: &AtomicBool) {
    thread::scope(|scope| {
        scope.spawn(|| {
            while !taken.load(Ordering::SeqCst) {}
            ready.store(true, Ordering::SeqCst);
        });
        while !ready.load(Ordering::SeqCst) {
            thread::yield_now();
        }
        taken.store(true, Ordering::SeqCst);
    });
}
";

/// The learner's file where an update is lost.
const LOST_UPDATE: &str = "\
pub fn count(threads: usize) -> usize {
    let counter = Arc::new(AtomicUsize::new(0));
    let mut handles = Vec::new();
    for _ in 0..threads {
        let counter = Arc::clone(&counter);
        handles.push(thread::spawn(move || {
            let seen = counter.load(Ordering::SeqCst);
            counter.store(seen + 1, Ordering::SeqCst);
        }));
    }
    for handle in handles {
        handle.join().unwrap();
    }
    counter.load(Ordering::SeqCst)
}
";
