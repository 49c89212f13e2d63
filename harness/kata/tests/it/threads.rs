//! The limit on threads, at its border: which side a submission is on does not depend on how fast its threads are.

use std::fs;

use crate::fixture::Fixture;

/// The verdict on an `answer` with this body, where 32 threads may exist at once.
fn verdict(body: &str) -> String {
    let fixture = Fixture::new();
    fixture.submit(
        "demo",
        format!("use std::thread;\npub fn answer() -> u32 {{ {body} 42 }}\n"),
    );
    let manifest = fs::read_to_string(fixture.course().join("course.toml")).unwrap();
    assert!(manifest.contains("processes = 32"), "{manifest}");
    let report = fixture.json(&["check", "demo"]);
    report["verdict"].as_str().unwrap().to_owned()
}

#[test]
fn as_many_as_the_limit_and_one_more() {
    // With the test's own thread.
    for (threads, expected) in [(31, "pass"), (32, "process_limit")] {
        let all = format!("let all: Vec<_> = (0..{threads}).map(|_| thread::spawn(|| ())).collect();");
        let body = format!("{all} for one in all {{ one.join().unwrap(); }}");
        assert_eq!(verdict(&body), expected, "{threads} threads");
    }
}

#[test]
fn threads_that_are_over_make_room() {
    for body in [
        // Joined, each before the next.
        "for _ in 0..500 { thread::spawn(|| ()).join().unwrap(); }",
        // Left to themselves.
        "for _ in 0..500 { thread::spawn(|| ()); }",
        // Waited for by their scope.
        "thread::scope(|scope| for _ in 0..500 { scope.spawn(|| ()); });",
        // Slow ones: the next has to wait until one of them ends.
        "thread::scope(|scope| for _ in 0..100 { scope.spawn(|| for n in 0..200_000 { std::hint::black_box(n); }); });",
        // Started by several.
        "thread::scope(|scope| for _ in 0..4 { scope.spawn(|| for _ in 0..100 { thread::spawn(|| ()).join().unwrap(); }); });",
    ] {
        assert_eq!(verdict(body), "pass", "{body}");
    }
}
