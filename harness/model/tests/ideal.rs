//! Work and span on the ideal machine.

#![allow(clippy::unwrap_used, reason = "scenarios panic where they fail")]

use kata_model::{
    Ideal, Limits, ideal,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering::SeqCst},
        mpsc,
    },
    thread,
    time::{Duration, Instant},
    work,
};

const ITEMS: u64 = 64;

/// Given by an exercise: costly, in reality.
fn item(number: u64) -> u64 {
    work(100 + number % 3);
    number * number
}

fn work_on(number: u64) {
    let _square = item(number);
}

fn share(worker: u64, workers: u64) {
    (0..ITEMS)
        .filter(|number| number % workers == worker)
        .for_each(work_on);
}

fn measure(scenario: impl Fn() + 'static) -> Ideal {
    ideal(Limits::default(), scenario).unwrap()
}

fn assert_parallelism(scenario: fn(), expected: f64) {
    let first = measure(scenario);
    assert!(
        (first.parallelism() - expected).abs() < 0.015,
        "{} / {}",
        first.work,
        first.span
    );
    let again = measure(scenario);
    assert_eq!((first.work, first.span), (again.work, again.span));
}

fn four(body: impl Fn(u64) + Clone + Send + 'static) {
    let children: Vec<_> = (0..4)
        .map(|worker| {
            let body = body.clone();
            thread::spawn(move || body(worker))
        })
        .collect();
    children.into_iter().for_each(|child| child.join().unwrap());
}

#[test]
fn one_thread() {
    assert_parallelism(|| share(0, 1), 1.0);
}

#[test]
fn four_threads() {
    assert_parallelism(|| four(|worker| share(worker, 4)), 4.0);
}

#[test]
fn joined_right_after_each_spawn() {
    assert_parallelism(
        || (0..4).for_each(|worker| thread::spawn(move || share(worker, 4)).join().unwrap()),
        1.0,
    );
}

#[test]
fn a_lock_held_around_the_work() {
    assert_parallelism(
        || {
            let sum = Arc::new(Mutex::new(0));
            four(move |worker| {
                for number in (0..ITEMS).filter(|number| number % 4 == worker) {
                    let mut sum = sum.lock().unwrap();
                    *sum += item(number);
                }
            });
        },
        1.0,
    );
}

#[test]
fn the_work_outside_and_the_lock_inside() {
    assert_parallelism(
        || {
            let sum = Arc::new(Mutex::new(0));
            four(move |worker| {
                for number in (0..ITEMS).filter(|number| number % 4 == worker) {
                    let square = item(number);
                    *sum.lock().unwrap() += square;
                }
            });
        },
        4.0,
    );
}

#[test]
fn unequal_shares() {
    assert_parallelism(
        || {
            four(|worker| {
                let range = if worker == 0 {
                    0..52
                } else {
                    48 + worker * 4..52 + worker * 4
                };
                range.for_each(work_on);
            });
        },
        1.23,
    );
}

#[test]
fn a_shared_queue() {
    assert_parallelism(
        || {
            let queue = Arc::new(Mutex::new((0..ITEMS).collect::<Vec<_>>()));
            four(move |_| {
                loop {
                    let Some(number) = queue.lock().unwrap().pop() else {
                        return;
                    };
                    item(number);
                }
            });
        },
        4.0,
    );
}

#[test]
fn a_channel_hands_the_clock_on() {
    let ideal = measure(|| {
        let (sender, receiver) = mpsc::channel();
        let child = thread::spawn(move || {
            work(100);
            sender.send(()).unwrap();
        });
        receiver.recv().unwrap();
        work(10);
        child.join().unwrap();
    });
    assert_eq!((ideal.work, ideal.span), (110, 110));
}

#[test]
fn sleeps_side_by_side_take_as_long_as_the_longest() {
    let ideal = measure(|| {
        let start = Instant::now();
        thread::scope(|scope| {
            for seconds in 1..=3 {
                scope.spawn(move || thread::sleep(Duration::from_secs(seconds)));
            }
        });
        assert_eq!(start.elapsed(), Duration::from_secs(3));
    });
    assert_eq!(ideal.elapsed, Duration::from_secs(3));
    assert!(matches!(ideal.ending.end, kata_model::End::Finished));
}

#[test]
fn who_spins_waits_for_the_thread_that_works() {
    let ideal = measure(|| {
        let done = Arc::new(AtomicBool::new(false));
        let theirs = Arc::clone(&done);
        let child = thread::spawn(move || {
            work(100);
            theirs.store(true, SeqCst);
        });
        while !done.load(SeqCst) {
            thread::yield_now();
        }
        work(10);
        child.join().unwrap();
    });
    assert_eq!((ideal.work, ideal.span), (110, 110));
}

#[test]
fn who_looks_every_second_does_so_while_another_sleeps() {
    let ideal = measure(|| {
        let done = Arc::new(AtomicBool::new(false));
        let theirs = Arc::clone(&done);
        let child = thread::spawn(move || {
            let mut looks = 0;
            while !theirs.load(SeqCst) {
                thread::sleep(Duration::from_secs(1));
                looks += 1;
            }
            looks
        });
        thread::sleep(Duration::from_millis(99_500));
        done.store(true, SeqCst);
        assert_eq!(child.join().unwrap(), 100);
    });
    assert!(matches!(ideal.ending.end, kata_model::End::Finished));
}
