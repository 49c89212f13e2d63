// The scenarios, on the primitives of the engine whose module includes this file. `op` is called before each operation, so that
// all engines are counted alike.

pub(crate) fn lost_update() {
    let count = Arc::new(AtomicU64::new(0));
    let children: Vec<_> = (0..2)
        .map(|_| {
            let count = Arc::clone(&count);
            thread::spawn(move || {
                op();
                let seen = count.load(SeqCst);
                op();
                count.store(seen + 1, SeqCst);
            })
        })
        .collect();
    join_all(children);
    op();
    assert_eq!(count.load(SeqCst), 2);
}

pub(crate) fn fetch_add() {
    let count = Arc::new(AtomicU64::new(0));
    let children: Vec<_> = (0..3)
        .map(|_| {
            let count = Arc::clone(&count);
            thread::spawn(move || {
                for _ in 0..2 {
                    op();
                    count.fetch_add(1, SeqCst);
                }
            })
        })
        .collect();
    join_all(children);
    op();
    assert_eq!(count.load(SeqCst), 6);
}

pub(crate) fn check_then_act() {
    let balance = Arc::new(Mutex::new(100_i64));
    let children: Vec<_> = (0..2)
        .map(|_| {
            let balance = Arc::clone(&balance);
            thread::spawn(move || {
                op();
                let enough = *balance.lock().unwrap() >= 80;
                if enough {
                    op();
                    *balance.lock().unwrap() -= 80;
                }
            })
        })
        .collect();
    join_all(children);
    op();
    assert!(*balance.lock().unwrap() >= 0, "overdrawn");
}

pub(crate) fn two_orders() {
    let locks = Arc::new((Mutex::new(0), Mutex::new(0)));
    let theirs = Arc::clone(&locks);
    let child = thread::spawn(move || {
        op();
        let _first = theirs.0.lock().unwrap();
        op();
        let _second = theirs.1.lock().unwrap();
    });
    {
        op();
        let _second = locks.1.lock().unwrap();
        op();
        let _first = locks.0.lock().unwrap();
    }
    join_all(vec![child]);
}

fn philosophers(number: usize, in_order: bool) {
    let forks: Arc<Vec<Mutex<()>>> = Arc::new((0..number).map(|_| Mutex::new(())).collect());
    let children: Vec<_> = (0..number)
        .map(|place| {
            let forks = Arc::clone(&forks);
            thread::spawn(move || {
                let (left, right) = (place, (place + 1) % number);
                let (first, second) = if in_order && left > right { (right, left) } else { (left, right) };
                op();
                let _first = forks[first].lock().unwrap();
                op();
                let _second = forks[second].lock().unwrap();
            })
        })
        .collect();
    join_all(children);
}

pub(crate) fn three_philosophers() {
    philosophers(3, true);
}

pub(crate) fn five_philosophers() {
    philosophers(5, true);
}

pub(crate) fn five_philosophers_left_first() {
    philosophers(5, false);
}

pub(crate) fn missed_notification() {
    let shared = Arc::new((Mutex::new(false), Condvar::new()));
    let theirs = Arc::clone(&shared);
    let child = thread::spawn(move || {
        op();
        *theirs.0.lock().unwrap() = true;
        op();
        theirs.1.notify_one();
    });
    op();
    let guard = shared.0.lock().unwrap();
    op();
    drop(shared.1.wait(guard).unwrap());
    join_all(vec![child]);
}

fn buffer(wakes_all: bool) {
    let shared = Arc::new((Mutex::new(Vec::new()), Condvar::new()));
    let wake = move |signal: &Condvar| {
        op();
        if wakes_all { signal.notify_all() } else { signal.notify_one() }
    };
    let mut children = Vec::new();
    for item in 0..2 {
        let theirs = Arc::clone(&shared);
        children.push(thread::spawn(move || {
            op();
            let mut items = theirs.0.lock().unwrap();
            while items.len() == 1 {
                op();
                items = theirs.1.wait(items).unwrap();
            }
            items.push(item);
            wake(&theirs.1);
        }));
        let theirs = Arc::clone(&shared);
        children.push(thread::spawn(move || {
            op();
            let mut items = theirs.0.lock().unwrap();
            while items.is_empty() {
                op();
                items = theirs.1.wait(items).unwrap();
            }
            items.pop();
            wake(&theirs.1);
        }));
    }
    join_all(children);
}

pub(crate) fn buffer_notify_one() {
    buffer(false);
}

pub(crate) fn buffer_notify_all() {
    buffer(true);
}

fn join_all(children: Vec<thread::JoinHandle<()>>) {
    for child in children {
        op();
        child.join().unwrap();
    }
}

/// In the order of the table.
pub(crate) const ALL: [fn(); 10] = [
    fetch_add,
    three_philosophers,
    five_philosophers,
    buffer_notify_all,
    lost_update,
    check_then_act,
    two_orders,
    missed_notification,
    buffer_notify_one,
    five_philosophers_left_first,
];
