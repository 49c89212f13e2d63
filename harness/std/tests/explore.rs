//! A learner's unchanged code under every interleaving: compiled on the facade, linked with a test that explores it.

mod rustc;

use rustc::Rustc;

const DRIVER: &str = r#"
use kata_model::explore::{Config, explore};

fn main() {
    let report = explore(&Config::default(), || assert_eq!(learner::count(2), 2)).unwrap();
    match report.verdict {
        Ok(proof) => println!("{proof:?}"),
        Err(failure) => {
            println!("{:?} with {} preemptions", failure.kind, failure.preemptions);
            for event in &failure.trace.events {
                let kind = event.object.map_or("", |object| failure.trace.objects[object.0 as usize].kind);
                println!("{} {}:{} {} {kind} {:?} {:?}", event.thread.0, event.source.line, event.source.column, event.op,
                    event.read.as_deref().unwrap_or(""), event.wrote.as_deref().unwrap_or(""));
            }
        }
    }
}
"#;

fn learner(body: &str) -> String {
    format!(
        "use std::sync::{{Arc, Mutex, atomic::{{AtomicU32, Ordering}}}};
use std::thread;
pub fn count(threads: u32) -> u32 {{
    let counter = Arc::new(AtomicU32::new(0));
    let _lock = Arc::new(Mutex::new(()));
    let handles: Vec<_> = (0..threads).map(|_| {{
        let (counter, _lock) = (Arc::clone(&counter), Arc::clone(&_lock));
        thread::spawn(move || {{
            {body}
        }})
    }}).collect();
    for handle in handles {{ handle.join().unwrap(); }}
    counter.load(Ordering::SeqCst)
}}
"
    )
}

#[test]
fn a_lost_update_shows_with_its_lines() {
    let source = learner(
        "let seen = counter.load(Ordering::SeqCst);
            counter.store(seen + 1, Ordering::SeqCst);",
    );
    let output = Rustc::new().explore(&source, DRIVER);
    assert!(output.starts_with("Panic with 1 preemptions"), "{output}");
    let load = "9:32 load AtomicU32 \"0\" \"\"";
    assert_eq!(output.matches(load).count(), 2, "both threads read 0:\n{output}");
    let store = "10:21 store AtomicU32";
    assert_eq!(output.matches(store).count(), 2, "{output}");
    assert!(
        output.contains("store AtomicU32 \"1\" \"1\""),
        "what the other wrote is overwritten:\n{output}"
    );
}

#[test]
fn an_atomic_addition_is_proved() {
    let output = Rustc::new().explore(&learner("counter.fetch_add(1, Ordering::SeqCst);"), DRIVER);
    assert!(output.starts_with("Exhausted"), "{output}");
}

#[test]
fn a_lock_around_both_is_proved() {
    let source = learner(
        "let _held = _lock.lock().unwrap();
            let seen = counter.load(Ordering::SeqCst);
            counter.store(seen + 1, Ordering::SeqCst);",
    );
    let output = Rustc::new().explore(&source, DRIVER);
    assert!(output.starts_with("Exhausted"), "{output}");
}
