//! Executions until a scenario is exhausted, or until its bug: the figures that the explorer is held to.

use std::time::Instant as RealInstant;

use kata_model::{
    explore::{Config, FailureKind, Proof, Report, explore},
    sync::{Arc, Condvar, Mutex, atomic::{AtomicBool, AtomicU64, Ordering::SeqCst}},
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

fn look(name: &str, scenario: fn()) -> Report {
    let start = RealInstant::now();
    let config = Config { exhaustive: 500_000, ..Config::default() };
    let report = explore(&config, scenario).unwrap();
    let verdict = match &report.verdict {
        Ok(proof) => format!("{proof:?}"),
        Err(failure) => format!(
            "{:?} at {} with {} preemptions, always {}: {}",
            failure.kind, failure.found_at, failure.preemptions, failure.always, failure.message
        ),
    };
    println!("{name:<20} {:>7} executions {:>9} steps {:>8.1?}  {verdict}", report.executions, report.steps, start.elapsed());
    report
}

#[test]
fn table() {
    let all: &[(&str, fn())] = &[
        ("lost_update_2x1", lost_update_2x1),
        ("lost_update_3x10", lost_update_3x10),
        ("ok_fetch_add_2x3", ok_fetch_add_2x3),
        ("ok_fetch_add_3x2", ok_fetch_add_3x2),
        ("check_then_act", check_then_act),
        ("ok_check_act", ok_check_act),
        ("abba", abba),
        ("phil5_bad", phil5_bad),
        ("phil3_ok", phil3_ok),
        ("phil4_ok", phil4_ok),
        ("phil5_ok", phil5_ok),
        ("phil3_ok_2meals", phil3_ok_2meals),
        ("missed_notify", missed_notify),
        ("ok_condvar", ok_condvar),
        ("bounded_buf_bug", bounded_buf_bug),
        ("ok_bounded_buf", ok_bounded_buf),
        ("spin_load", spin_load),
        ("spin_forever", spin_forever),
        ("sleep_sync", sleep_sync),
        ("instant_deadline", instant_deadline),
        ("wait_timeout", wait_timeout),
        ("child_panic_poison", child_panic_poison),
        ("late_bug_100", late_bug_100),
        ("seq_sleeps", seq_sleeps),
        ("par_sleeps", par_sleeps),
    ];
    for (name, scenario) in all {
        look(name, *scenario);
    }
}
