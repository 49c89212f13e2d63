//! What goes on behind the model's back: the count inside an `Arc` is no operation, so the search does not turn round who drops
//! the last reference. Where that decides something, it is found out, and nothing is proved.

use kata_model::{
    explore::{FailureKind, Proof},
    sync::{
        Arc, Mutex,
        atomic::{AtomicU32, Ordering::SeqCst},
    },
    thread,
};

use crate::{fails, holds, passes};

/// Tells when the last reference is gone.
struct Last {
    drop: fn(),
}

impl Drop for Last {
    fn drop(&mut self) {
        (self.drop)();
    }
}

/// Two threads that have nothing in common but a reference each.
fn two(drop: fn()) {
    let last = Arc::new(Last { drop });
    let children = ["a", "b"].map(|name| {
        let last = Arc::clone(&last);
        let child = thread::Builder::new().name(name.into()).spawn(move || {
            AtomicU32::new(0).fetch_add(1, SeqCst);
            std::mem::drop(last);
        });
        child.unwrap()
    });
    std::mem::drop(last);
    for child in children {
        child.join().unwrap();
    }
}

#[test]
fn who_drops_the_last_reference_may_be_either() {
    for name in ["a", "b"] {
        // A closure that captures is no `fn`, so each name has its own.
        let drop: fn() = match name {
            "a" => || assert_ne!(thread::current().name(), Some("a")),
            _ => || assert_ne!(thread::current().name(), Some("b")),
        };
        let failure = fails(FailureKind::Panic, move || two(drop));
        assert!(!failure.always, "{name}");
    }
}

#[test]
fn a_drop_that_takes_steps_is_no_part_of_a_proof() {
    static DROPS: AtomicU32 = AtomicU32::new(0);
    let proof = passes(|| {
        two(|| {
            DROPS.fetch_add(1, SeqCst);
        });
        assert_eq!(DROPS.load(SeqCst), 1);
    });
    assert!(!matches!(proof, Proof::Exhausted { .. }), "{proof:?}");
}

#[test]
fn a_drop_that_nobody_notices_is() {
    holds(|| two(|| ()));
}

#[test]
fn who_can_unwrap_is_found_by_looking() {
    let failure = fails(FailureKind::Panic, || {
        let value = Arc::new(());
        let unwrap = |value: Arc<()>| {
            move || {
                AtomicU32::new(0).fetch_add(1, SeqCst);
                Arc::try_unwrap(value).is_ok()
            }
        };
        let children = [
            thread::spawn(unwrap(Arc::clone(&value))),
            thread::spawn(unwrap(value)),
        ];
        let [_, second] = children.map(|child| child.join().unwrap());
        assert!(second, "the second thread comes last");
    });
    assert!(!failure.always);
}

#[test]
fn a_count_that_is_looked_at_is_no_part_of_a_proof() {
    let proof = passes(|| {
        let shared = Arc::new(AtomicU32::new(0));
        let children = [0, 1].map(|_| {
            let shared = Arc::clone(&shared);
            thread::spawn(move || {
                let own = AtomicU32::new(0);
                own.fetch_add(1, SeqCst);
                if Arc::strong_count(&shared) > 1 {
                    own.fetch_add(1, SeqCst);
                }
            })
        });
        drop(shared);
        children.into_iter().for_each(|child| child.join().unwrap());
    });
    assert!(!matches!(proof, Proof::Exhausted { .. }), "{proof:?}");
}

#[test]
fn shared_state_in_an_arc_is_proved_as_ever() {
    holds(|| {
        let count = Arc::new(Mutex::new(0));
        let children = [0, 1].map(|_| {
            let count = Arc::clone(&count);
            thread::spawn(move || *count.lock().unwrap() += 1)
        });
        children.into_iter().for_each(|child| child.join().unwrap());
        assert_eq!(*count.lock().unwrap(), 2);
    });
}
