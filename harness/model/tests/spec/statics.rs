//! Statics: every execution finds them as the first one did.

use kata_model::{
    explore::FailureKind,
    sync::{
        LazyLock, Mutex, OnceLock,
        atomic::{AtomicU32, Ordering::SeqCst},
    },
    thread,
};

use crate::{failure, holds};

static COUNT: AtomicU32 = AtomicU32::new(7);
static NAMES: Mutex<Vec<String>> = Mutex::new(Vec::new());
static CELL: OnceLock<String> = OnceLock::new();
static LAZY: LazyLock<Mutex<Vec<u32>>> = LazyLock::new(|| Mutex::new(vec![COUNT.load(SeqCst)]));

#[test]
fn statics_begin_every_execution_alike() {
    holds(|| {
        assert!(NAMES.lock().unwrap().is_empty());
        assert!(CELL.get().is_none());
        thread::scope(|scope| {
            for name in ["a", "b"] {
                scope.spawn(move || {
                    COUNT.fetch_add(1, SeqCst);
                    NAMES.lock().unwrap().push(name.repeat(100));
                    CELL.get_or_init(|| name.repeat(50));
                });
            }
        });
        LAZY.lock().unwrap().push(1);
        assert_eq!(COUNT.load(SeqCst), 9);
        assert_eq!(NAMES.lock().unwrap().len(), 2);
        assert_eq!(*LAZY.lock().unwrap(), [9, 1]);
    });
    assert_eq!(COUNT.load(SeqCst), 7);
    assert!(NAMES.lock().unwrap().is_empty());
}

#[test]
fn statics_are_shared_by_threads() {
    static SHARED: AtomicU32 = AtomicU32::new(0);
    failure(|| {
        let child = thread::spawn(|| SHARED.store(SHARED.load(SeqCst) + 1, SeqCst));
        SHARED.store(SHARED.load(SeqCst) + 1, SeqCst);
        child.join().unwrap();
        assert_eq!(SHARED.load(SeqCst), 2);
    });
}

#[test]
fn a_static_that_stays_locked_is_free_in_the_next_execution() {
    static HELD: Mutex<u32> = Mutex::new(0);
    for _ in 0..2 {
        let failure = failure(|| {
            let _first = HELD.lock().unwrap();
            let _second = HELD.lock().unwrap();
        });
        assert_eq!(failure.kind, FailureKind::Deadlock);
    }
}
