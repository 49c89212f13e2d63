//! Small programs as people write them, right and nearly right: no false alarm for the one, no proof for the other.

use std::collections::VecDeque;

use kata_model::{
    explore::FailureKind,
    sync::{
        Arc, Condvar, Mutex, RwLock,
        atomic::{AtomicBool, AtomicU32, AtomicUsize, Ordering::SeqCst},
        mpsc,
    },
    thread,
    time::{Duration, Instant},
};

use crate::{LIMIT, fails, failure, holds, passes};

/// A semaphore of one's own making.
struct Permits {
    free: Mutex<u32>,
    returned: Condvar,
}

impl Permits {
    fn with(&self, looks_again: bool, body: impl FnOnce()) {
        let mut free = self.free.lock().unwrap();
        if looks_again {
            while *free == 0 {
                free = self.returned.wait(free).unwrap();
            }
        } else if *free == 0 {
            free = self.returned.wait(free).unwrap();
        }
        *free -= 1;
        drop(free);
        body();
        *self.free.lock().unwrap() += 1;
        self.returned.notify_one();
    }
}

#[test]
fn a_semaphore_lets_so_many_in() {
    let scenario = |looks_again: bool| {
        move || {
            let permits = Permits {
                free: Mutex::new(1),
                returned: Condvar::new(),
            };
            let inside = AtomicU32::new(0);
            thread::scope(|scope| {
                for _ in 0..3 {
                    scope.spawn(|| {
                        permits.with(looks_again, || {
                            assert_eq!(inside.fetch_add(1, SeqCst), 0);
                            inside.fetch_sub(1, SeqCst);
                        });
                    });
                }
            });
        }
    };
    holds(scenario(true));
    fails(FailureKind::Panic, scenario(false));
}

#[test]
fn two_locks_in_any_order_with_a_step_back() {
    // In step for ever: possible, though no machine does it for long.
    let failure = failure(|| {
        let locks = [(); 2].map(Mutex::new);
        thread::scope(|scope| {
            for place in 0..2 {
                let locks = &locks;
                scope.spawn(move || {
                    loop {
                        let first = locks[place].lock().unwrap();
                        if locks[1 - place].try_lock().is_ok() {
                            break;
                        }
                        drop(first);
                        thread::yield_now();
                    }
                });
            }
        });
    });
    assert_eq!(failure.kind, FailureKind::Livelock);
}

#[test]
fn a_flag_to_stop_a_worker_that_waits_with_a_limit() {
    let scenario = |wakes: bool| {
        move || {
            let stop = Arc::new((Mutex::new(false), Condvar::new()));
            let theirs = Arc::clone(&stop);
            let worker = thread::spawn(move || {
                let mut rounds = 0;
                let mut stopped = theirs.0.lock().unwrap();
                while !*stopped && rounds < 2 {
                    stopped = theirs.1.wait_timeout(stopped, LIMIT).unwrap().0;
                    rounds += 1;
                }
                *stopped
            });
            *stop.0.lock().unwrap() = true;
            if wakes {
                stop.1.notify_one();
            }
            worker.join().unwrap()
        }
    };
    // It may have gone round twice before: that is no error, and it does end.
    holds(move || {
        let _stopped: bool = scenario(true)();
    });
    fails(FailureKind::Panic, move || assert!(scenario(false)()));
}

#[test]
fn a_deadline_that_is_polled_for() {
    passes(|| {
        let done = Arc::new(AtomicBool::new(false));
        let theirs = Arc::clone(&done);
        let child = thread::spawn(move || theirs.store(true, SeqCst));
        let deadline = Instant::now() + Duration::from_secs(1);
        while !done.load(SeqCst) && Instant::now() < deadline {
            thread::yield_now();
        }
        child.join().unwrap();
        assert!(done.load(SeqCst));
    });
}

#[test]
fn a_value_and_its_version() {
    // A reader that looks at the version before and after: torn without the second look.
    let scenario = |looks_twice: bool| {
        move || {
            let (version, left, right) = (AtomicU32::new(0), AtomicU32::new(0), AtomicU32::new(0));
            thread::scope(|scope| {
                scope.spawn(|| {
                    version.fetch_add(1, SeqCst);
                    left.store(1, SeqCst);
                    right.store(1, SeqCst);
                    version.fetch_add(1, SeqCst);
                });
                let before = version.load(SeqCst);
                let seen = (left.load(SeqCst), right.load(SeqCst));
                let whole = before % 2 == 0 && (!looks_twice || version.load(SeqCst) == before);
                assert!(!whole || seen.0 == seen.1, "torn");
            });
        }
    };
    holds(scenario(true));
    fails(FailureKind::Panic, scenario(false));
}

#[test]
fn a_cache_that_is_filled_at_need() {
    // Looks under the reader's lock, fills under the writer's, and must look once more there.
    let scenario = |looks_again: bool| {
        move || {
            let (cache, made) = (RwLock::new(None), AtomicU32::new(0));
            let get = || {
                if let Some(value) = *cache.read().unwrap() {
                    return value;
                }
                let mut cache = cache.write().unwrap();
                if let Some(value) = cache.filter(|_| looks_again) {
                    return value;
                }
                *cache.insert(made.fetch_add(1, SeqCst))
            };
            thread::scope(|scope| {
                scope.spawn(get);
                scope.spawn(get);
            });
            assert_eq!(made.load(SeqCst), 1);
        }
    };
    holds(scenario(true));
    fails(FailureKind::Panic, scenario(false));
}

#[test]
fn a_reader_that_keeps_its_lock_while_it_fills() {
    fails(FailureKind::Deadlock, || {
        let cache: RwLock<Option<u32>> = RwLock::new(None);
        // The guard of the scrutinee lives to the end of the `match`.
        match *cache.read().unwrap() {
            Some(_) => (),
            None => *cache.write().unwrap() = Some(1),
        }
    });
}

#[test]
fn a_queue_with_an_end() {
    let scenario = |wakes_all: bool| {
        move || {
            let (state, changed) = (Mutex::new((VecDeque::from([1]), false)), Condvar::new());
            let take = || {
                let mut guard = state.lock().unwrap();
                loop {
                    match (guard.0.pop_front(), guard.1) {
                        (Some(item), _) => return Some(item),
                        (None, true) => return None,
                        _ => guard = changed.wait(guard).unwrap(),
                    }
                }
            };
            thread::scope(|scope| {
                for _ in 0..2 {
                    scope.spawn(|| while take().is_some() {});
                }
                state.lock().unwrap().1 = true;
                if wakes_all {
                    changed.notify_all()
                } else {
                    changed.notify_one()
                }
            });
        }
    };
    holds(scenario(true));
    fails(FailureKind::Deadlock, scenario(false));
}

#[test]
fn a_lock_made_of_a_flag_and_park() {
    let scenario = |looks_again: bool| {
        move || {
            let (locked, inside) = (AtomicBool::new(true), AtomicUsize::new(1));
            let root = thread::current();
            thread::scope(|scope| {
                // Has it from the beginning, and lets it go.
                scope.spawn(|| {
                    inside.fetch_sub(1, SeqCst);
                    locked.store(false, SeqCst);
                    root.unpark();
                });
                while locked.swap(true, SeqCst) {
                    thread::park();
                    if !looks_again {
                        break;
                    }
                }
                assert_eq!(inside.fetch_add(1, SeqCst), 0);
            });
        }
    };
    holds(scenario(true));
    // Woken for no reason, it goes in all the same.
    fails(FailureKind::Panic, scenario(false));
}

#[test]
fn a_pipeline_that_ends_with_its_source() {
    let scenario = |keeps_a_sender: bool| {
        move || {
            let (first, numbers) = mpsc::sync_channel(1);
            let (second, squares) = mpsc::channel();
            let kept = keeps_a_sender.then(|| second.clone());
            thread::scope(|scope| {
                scope.spawn(move || (1..=2).for_each(|number| first.send(number).unwrap()));
                scope.spawn(move || {
                    numbers
                        .iter()
                        .for_each(|number| second.send(number * number).unwrap())
                });
                assert_eq!(squares.iter().sum::<u32>(), 5);
            });
            drop(kept);
        }
    };
    holds(scenario(false));
    assert!(fails(FailureKind::Deadlock, scenario(true)).always);
}

#[test]
fn a_reply_that_nobody_waits_for_any_more() {
    let scenario = |minds: bool| {
        move || {
            let (reply, answer) = mpsc::channel();
            let worker = thread::spawn(move || {
                let sent = reply.send(1);
                assert!(!minds || sent.is_ok(), "nobody waits");
            });
            let _late = answer.recv_timeout(LIMIT);
            drop(answer);
            assert!(worker.join().is_ok());
        }
    };
    holds(scenario(false));
    fails(FailureKind::Panic, scenario(true));
}

#[test]
fn a_panic_in_the_middle_of_a_change() {
    // The lock is poisoned, so that nobody goes on with half of it; unless the poison is passed over.
    let scenario = |passes_over: bool| {
        move || {
            let pair = Arc::new(Mutex::new((0, 0)));
            let theirs = Arc::clone(&pair);
            let child = thread::spawn(move || {
                let mut pair = theirs.lock().unwrap();
                pair.0 = 1;
                assert!(std::hint::black_box(pair.1) == 1, "half-way");
                pair.1 = 1;
            });
            let seen = match pair.lock() {
                Ok(pair) => *pair,
                Err(poisoned) if passes_over => *poisoned.into_inner(),
                Err(_) => (0, 0),
            };
            assert_eq!(seen.0, seen.1);
            assert!(child.join().is_err());
        }
    };
    holds(scenario(false));
    fails(FailureKind::Panic, scenario(true));
}
