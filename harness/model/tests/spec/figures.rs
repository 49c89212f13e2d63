//! Executions until a scenario is exhausted, or until its bug: the figures that the explorer is held to.

use std::time::Instant as RealInstant;

use kata_model::{
    explore::{Config, FailureKind, Proof, Report, explore},
    sync::{
        Arc, Condvar, Mutex,
        atomic::{AtomicBool, AtomicU64, Ordering::SeqCst},
    },
    thread,
    time::{Duration, Instant},
};

fn lu(th: usize, per: usize) {
    let c = Arc::new(AtomicU64::new(0));
    let hs: Vec<_> = (0..th)
        .map(|_| {
            let c = c.clone();
            thread::spawn(move || {
                for _ in 0..per {
                    let v = c.load(SeqCst);
                    c.store(v + 1, SeqCst);
                }
            })
        })
        .collect();
    for h in hs {
        h.join().unwrap();
    }
    assert_eq!(c.load(SeqCst), (th * per) as u64);
}
fn lost_update_2x1() {
    lu(2, 1)
}
fn lost_update_3x10() {
    lu(3, 10)
}
fn fa(th: usize, per: usize) {
    let c = Arc::new(AtomicU64::new(0));
    let hs: Vec<_> = (0..th)
        .map(|_| {
            let c = c.clone();
            thread::spawn(move || {
                for _ in 0..per {
                    c.fetch_add(1, SeqCst);
                }
            })
        })
        .collect();
    for h in hs {
        h.join().unwrap();
    }
    assert_eq!(c.load(SeqCst), (th * per) as u64);
}
fn ok_fetch_add_2x3() {
    fa(2, 3)
}
fn ok_fetch_add_3x2() {
    fa(3, 2)
}
fn check_then_act() {
    let b = Arc::new(Mutex::new(100i64));
    let hs: Vec<_> = (0..2)
        .map(|_| {
            let b = b.clone();
            thread::spawn(move || {
                let enough = *b.lock().unwrap() >= 80;
                if enough {
                    *b.lock().unwrap() -= 80;
                }
            })
        })
        .collect();
    for h in hs {
        h.join().unwrap();
    }
    assert!(*b.lock().unwrap() >= 0, "overdrawn");
}
fn ok_check_act() {
    let b = Arc::new(Mutex::new(100i64));
    let hs: Vec<_> = (0..2)
        .map(|_| {
            let b = b.clone();
            thread::spawn(move || {
                let mut g = b.lock().unwrap();
                if *g >= 80 {
                    *g -= 80;
                }
            })
        })
        .collect();
    for h in hs {
        h.join().unwrap();
    }
    assert!(*b.lock().unwrap() >= 0, "overdrawn");
}
fn abba() {
    let a = Arc::new(Mutex::new(0));
    let b = Arc::new(Mutex::new(0));
    let (a2, b2) = (a.clone(), b.clone());
    let t = thread::spawn(move || {
        let _g = a2.lock().unwrap();
        let _h = b2.lock().unwrap();
    });
    {
        let _h = b.lock().unwrap();
        let _g = a.lock().unwrap();
    }
    t.join().unwrap();
}
fn phil(n: usize, meals: usize, fix: bool) {
    let f: Arc<Vec<Mutex<()>>> = Arc::new((0..n).map(|_| Mutex::new(())).collect());
    let hs: Vec<_> = (0..n)
        .map(|i| {
            let f = f.clone();
            thread::spawn(move || {
                for _ in 0..meals {
                    let (mut l, mut r) = (i, (i + 1) % n);
                    if fix && l > r {
                        std::mem::swap(&mut l, &mut r);
                    }
                    let _a = f[l].lock().unwrap();
                    let _b = f[r].lock().unwrap();
                }
            })
        })
        .collect();
    for h in hs {
        h.join().unwrap();
    }
}
fn phil5_bad() {
    phil(5, 1, false)
}
fn phil3_ok() {
    phil(3, 1, true)
}
fn phil4_ok() {
    phil(4, 1, true)
}
fn phil5_ok() {
    phil(5, 1, true)
}
fn phil3_ok_2meals() {
    phil(3, 2, true)
}
fn missed_notify() {
    let p = Arc::new((Mutex::new(false), Condvar::new()));
    let p2 = p.clone();
    let t = thread::spawn(move || {
        *p2.0.lock().unwrap() = true;
        p2.1.notify_one();
    });
    let g = p.0.lock().unwrap();
    let _g = p.1.wait(g).unwrap();
    drop(_g);
    t.join().unwrap();
}
fn ok_condvar() {
    let p = Arc::new((Mutex::new(false), Condvar::new()));
    let p2 = p.clone();
    let t = thread::spawn(move || {
        *p2.0.lock().unwrap() = true;
        p2.1.notify_one();
    });
    let g = p.1.wait_while(p.0.lock().unwrap(), |r| !*r).unwrap();
    assert!(*g);
    drop(g);
    t.join().unwrap();
}
fn bb(all: bool) {
    struct B {
        q: Mutex<Vec<u32>>,
        c: Condvar,
    }
    let b = Arc::new(B {
        q: Mutex::new(vec![]),
        c: Condvar::new(),
    });
    let mut hs = vec![];
    for i in 0..2 {
        let b1 = b.clone();
        hs.push(thread::spawn(move || {
            let mut g = b1.q.lock().unwrap();
            while g.len() == 1 {
                g = b1.c.wait(g).unwrap();
            }
            g.push(i);
            if all { b1.c.notify_all() } else { b1.c.notify_one() }
        }));
        let b2 = b.clone();
        hs.push(thread::spawn(move || {
            let mut g = b2.q.lock().unwrap();
            while g.is_empty() {
                g = b2.c.wait(g).unwrap();
            }
            g.pop();
            if all { b2.c.notify_all() } else { b2.c.notify_one() }
        }));
    }
    for h in hs {
        h.join().unwrap();
    }
}
fn bounded_buf_bug() {
    bb(false)
}
fn ok_bounded_buf() {
    bb(true)
}
fn spin_load() {
    let a = Arc::new(AtomicBool::new(false));
    let a2 = a.clone();
    let t = thread::spawn(move || a2.store(true, SeqCst));
    while !a.load(SeqCst) {}
    t.join().unwrap();
}
fn spin_forever() {
    let a = Arc::new(AtomicBool::new(false));
    let t = thread::spawn(|| ());
    while !a.load(SeqCst) {}
    t.join().unwrap();
}
fn sleep_sync() {
    let a = Arc::new(AtomicU64::new(0));
    let a2 = a.clone();
    let _t = thread::spawn(move || a2.store(42, SeqCst));
    thread::sleep(Duration::from_millis(100));
    assert_eq!(a.load(SeqCst), 42);
}
fn instant_deadline() {
    let t0 = Instant::now();
    thread::sleep(Duration::from_millis(50));
    assert!(t0.elapsed() >= Duration::from_millis(50));
}
fn wait_timeout() {
    let p = (Mutex::new(false), Condvar::new());
    let g = p.0.lock().unwrap();
    let (_g, r) = p.1.wait_timeout(g, Duration::from_millis(10)).unwrap();
    assert!(r.timed_out());
}
fn child_panic_poison() {
    let m = Arc::new(Mutex::new(0));
    let m2 = m.clone();
    let t = thread::spawn(move || {
        let _g = m2.lock().unwrap();
        panic!("child");
    });
    assert!(t.join().is_err());
    assert!(m.lock().is_err());
}
fn late_bug_100() {
    let x = Arc::new((AtomicU64::new(0), AtomicU64::new(0)));
    let y = x.clone();
    let t = thread::spawn(move || {
        for _ in 0..100 {
            y.1.fetch_add(1, SeqCst);
        }
        let v = y.0.load(SeqCst);
        y.0.store(v + 1, SeqCst);
        for _ in 0..100 {
            y.1.fetch_add(1, SeqCst);
        }
    });
    x.0.fetch_add(1, SeqCst);
    t.join().unwrap();
    assert_eq!(x.0.load(SeqCst), 2);
}
fn seq_sleeps() {
    let t0 = Instant::now();
    for _ in 0..3 {
        thread::sleep(Duration::from_secs(2));
    }
    assert_eq!(t0.elapsed(), Duration::from_secs(3), "took {:?}", t0.elapsed());
}
fn par_sleeps() {
    let t0 = Instant::now();
    thread::scope(|s| {
        for i in 1..=3 {
            s.spawn(move || thread::sleep(Duration::from_secs(i)));
        }
    });
    assert_eq!(t0.elapsed(), Duration::from_secs(3), "took {:?}", t0.elapsed());
}

/// What must come of a scenario.
enum Expected {
    /// A proof of all interleavings, in at most so many executions.
    Exhausted(u64),
    /// A failure, found in at most so many executions, with this many preemptions.
    Fails(FailureKind, u64, u32),
    /// A pass that is not exhaustive: a thread spins.
    Fair,
}

use Expected::{Exhausted, Fails, Fair};
use FailureKind::{Deadlock, Livelock, Panic};

/// The bounds are twice what the feasibility study of the explorer needed, where it looked at the scenario.
const TABLE: &[(&str, fn(), Expected)] = &[
    ("lost update, 2 x 1", lost_update_2x1, Fails(Panic, 6, 1)),
    ("lost update, 3 x 10", lost_update_3x10, Fails(Panic, 6, 1)),
    ("fetch_add, 2 x 3", ok_fetch_add_2x3, Exhausted(40)),
    ("fetch_add, 3 x 2", ok_fetch_add_3x2, Exhausted(2 * 189)),
    ("check then act", check_then_act, Fails(Panic, 6, 1)),
    ("check and act", ok_check_act, Exhausted(4)),
    ("two locks, two orders", abba, Fails(Deadlock, 4, 1)),
    ("3 philosophers", phil3_ok, Exhausted(2 * 52)),
    ("4 philosophers", phil4_ok, Exhausted(200)),
    ("5 philosophers", phil5_ok, Exhausted(2 * 1_593)),
    (
        "5 philosophers, all left first",
        phil5_bad,
        Fails(Deadlock, 2 * 612, 4),
    ),
    ("3 philosophers, 2 meals", phil3_ok_2meals, Exhausted(200)),
    ("missed notification", missed_notify, Fails(Deadlock, 6, 0)),
    ("condition", ok_condvar, Exhausted(20)),
    (
        "bounded buffer, notify_one",
        bounded_buf_bug,
        Fails(Deadlock, 5_000, 0),
    ),
    ("bounded buffer, notify_all", ok_bounded_buf, Exhausted(49_999)),
    ("spin on a flag", spin_load, Fair),
    ("spin for ever", spin_forever, Fails(Livelock, 1, 0)),
    ("sleep instead of join", sleep_sync, Fails(Panic, 4, 0)),
    ("a deadline", instant_deadline, Exhausted(1)),
    ("a wait that expires", wait_timeout, Fails(Panic, 3, 1)),
    ("a panic poisons", child_panic_poison, Exhausted(1)),
    ("an early update is lost", late_bug_100, Fails(Panic, 6, 1)),
    ("sleeps in a row", seq_sleeps, Fails(Panic, 1, 0)),
    ("sleeps side by side", par_sleeps, Exhausted(1)),
];

#[test]
fn every_scenario_stays_within_its_figure() {
    let mut missed = Vec::new();
    for (name, scenario, expected) in TABLE {
        let start = RealInstant::now();
        let report = explore(&Config::default(), *scenario).unwrap();
        let found = describe(&report);
        println!(
            "{name:<32} {:>7} {:>9} {:>9.1?}  {found}",
            report.executions,
            report.steps,
            start.elapsed()
        );
        if !meets(&report, expected) {
            missed.push(format!("{name}: {found}"));
        }
    }
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}

fn meets(report: &Report, expected: &Expected) -> bool {
    match (&report.verdict, expected) {
        (Ok(Proof::Exhausted { spurious: true, .. }), Exhausted(most)) => report.executions <= *most,
        (Ok(Proof::Bounded { fair: true, .. } | Proof::Sampled { .. }), Fair) => true,
        (Err(failure), Fails(kind, most, preemptions)) => {
            failure.kind == *kind && failure.found_at <= *most && failure.preemptions == *preemptions
        }
        _ => false,
    }
}

fn describe(report: &Report) -> String {
    match &report.verdict {
        Ok(proof) => format!("{proof:?}"),
        Err(failure) => format!(
            "{:?} at {} with {} preemptions{}: {}",
            failure.kind,
            failure.found_at,
            failure.preemptions,
            if failure.always { ", always" } else { "" },
            failure.message.lines().next().unwrap_or_default(),
        ),
    }
}
