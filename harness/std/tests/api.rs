//! Every public function of the modules that the facade replaces compiles on it, and behaves as std's, in an exploration
//! too where no other thread interferes.

mod rustc;

use rustc::Rustc;

/// The snippets' program: one file behind the other.
const SNIPPETS: &str = concat!(
    include_str!("api/head.rs"),
    include_str!("api/probe.rs"),
    include_str!("api/locks.rs"),
    include_str!("api/once.rs"),
    include_str!("api/atomic.rs"),
    include_str!("api/channels.rs"),
    include_str!("api/threads.rs"),
    include_str!("api/references.rs"),
    include_str!("api/time_and_panics.rs"),
);

/// Runs the snippets where threads are real.
const OUTSIDE: &str = "fn main() { for section in SECTIONS { section(); } }";

/// Runs the snippets where threads are the model's, each file's functions in an execution of its own.
const INSIDE: &str = r#"
fn main() {
    for section in SECTIONS {
        let limits = kata_model::Limits { steps: 1_000_000, ..kata_model::Limits::default() };
        let ending = kata_model::ideal(limits, section).unwrap().ending;
        assert!(matches!(ending.end, kata_model::End::Finished), "{:?}: {:?}", ending.end, ending.panics.last());
    }
}
"#;

/// What the snippets print on the real std.
fn expected() -> String {
    Rustc::new().program("real", &format!("{SNIPPETS}{OUTSIDE}"), &[])
}

/// Compares what the snippets print on `facades`.
fn compare(snippets: &str, main: &str, facades: &[Rustc]) {
    let program = format!("{snippets}{main}");
    let expected = Rustc::new().program("real", &format!("{snippets}{OUTSIDE}"), &[]);
    for rustc in facades {
        let mut externs = vec![rustc.facade("std"), rustc.facade("core")];
        if program.contains("kata_model") {
            externs.push(rustc.model());
        }
        let options: Vec<&str> = externs.iter().flat_map(|facade| ["--extern", facade]).collect();
        let found = rustc.program("facade", &program, &options);
        for (expected, found) in expected.lines().zip(found.lines()) {
            assert_eq!(found, expected);
        }
        assert_eq!(found.lines().count(), expected.lines().count());
    }
    let snippets = expected.lines().filter(|line| line.contains(" => ")).count();
    assert!(snippets >= 600, "{snippets} snippets");
}

/// The facade that counts references has everything that is tried here.
#[test]
fn snippets_print_the_same_outside_an_exploration() {
    compare(SNIPPETS, OUTSIDE, &[Rustc::new(), Rustc::counted()]);
}

#[test]
fn snippets_print_the_same_inside_an_exploration() {
    compare(SNIPPETS, INSIDE, &[Rustc::new(), Rustc::counted()]);
}

/// It has no `unsafe` code, and so not the one function that wants it.
#[test]
fn snippets_print_the_same_on_the_facade_of_async_code() {
    let safe = SNIPPETS
        .lines()
        .filter(|line| !line.contains("spawn_unchecked"))
        .map(|line| format!("{line}\n"));
    compare(&safe.collect::<String>(), OUTSIDE, &[Rustc::of_async_code()]);
}

/// The probe for traits finds what is there and what is not: else the comparison above would say nothing about them.
#[test]
fn traits_are_told_from_their_absence() {
    let real = expected();
    for (name, expected) in [
        ("Mutex<u8>", "Send Sync Default From<u8> !Clone !std::ops::Deref"),
        ("Mutex<Bare>", "Send !std::fmt::Debug !Default"),
        ("Guard", "Sync std::ops::DerefMut !Send !Clone"),
        ("RwLock<Cell<u8>>", "Send !Sync"),
        ("mpsc::Receiver<u8>", "Send IntoIterator !Sync !Clone !Iterator"),
        ("mpsc::Sender<Raw>", "Clone !Send !Sync"),
        ("Instant", "Copy std::ops::Sub<Duration> !Default"),
    ] {
        let prefix = format!("{name}:");
        let line = real.lines().find_map(|line| line.strip_prefix(&prefix)).unwrap();
        let traits: Vec<String> = line.replace(' ', "").split(';').map(str::to_owned).collect();
        for expected in expected.split(' ') {
            assert!(
                traits.iter().any(|found| found == expected),
                "{name}: {expected} in {line}"
            );
        }
    }
}
