//! Submissions whose course depends on how many references an `Arc` has.

use std::fs;

use serde_json::{Value, json};

use crate::fixture::{Fixture, repository};

/// A counter of visitors that is right but for what `increment` does besides.
fn counter(besides: &str) -> String {
    format!(
        "use std::sync::{{Arc, atomic::{{AtomicU64, Ordering::SeqCst}}}};\n\
         #[derive(Debug, Default)]\n\
         pub struct Counter {{ count: AtomicU64, token: Arc<u8> }}\n\
         impl Counter {{\n\
         pub fn new() -> Self {{ Self::default() }}\n\
         pub fn value(&self) -> u64 {{ self.count.load(SeqCst) }}\n\
         pub fn increment(&self) -> u64 {{\n\
         let count = self.count.fetch_add(1, SeqCst) + 1;\n\
         {besides}\n\
         count\n\
         }}\n\
         }}\n"
    )
}

fn check(fixture: &Fixture, text: &str) -> Value {
    let file = fixture.course().join("counter.rs");
    fs::write(&file, text).unwrap();
    let root = repository();
    fixture.json(&[
        "check",
        "lost-update",
        "--course",
        root.to_str().unwrap(),
        "--submission",
        file.to_str().unwrap(),
    ])
}

/// The verdict of a test, and how sure it is.
fn test<'a>(report: &'a Value, name: &str) -> (&'a Value, &'a Value) {
    let tests = report["tests"].as_array().unwrap();
    let test = tests.iter().find(|test| test["name"] == name).unwrap();
    (&test["verdict"], &test["proof"]["kind"])
}

/// Takes the count back when another thread has its token just then. No operation lies between taking the token
/// and giving it back, so the real counts would never be seen to differ.
const TAKES_BACK: &str = "let token = Arc::clone(&self.token);\n\
                          if Arc::strong_count(&token) > 2 { self.count.fetch_sub(1, SeqCst); }";

#[test]
fn a_race_for_a_count_is_found() {
    for fixture in [Fixture::new(), Fixture::with_facade(Some("renamed"))] {
        let report = check(&fixture, &counter(TAKES_BACK));
        assert_eq!(test(&report, "no_update_is_lost").0, "race", "{report:#}");
        let steps = report["tests"][3]["trace"].as_array().unwrap();
        let looks = steps.iter().filter(|step| step["op"] == "strong_count");
        assert!(
            looks.map(|step| &step["line"]).all(|line| line == 10),
            "{report:#}"
        );
    }
}

#[test]
fn what_is_right_whatever_the_counts_are_is_proved() {
    let right = "let token = Arc::clone(&self.token);\n\
                 if Arc::strong_count(&token) > 2 { self.count.load(SeqCst); }";
    let report = check(&Fixture::new(), &counter(right));
    assert_eq!(report["verdict"], "pass", "{report:#}");
    assert_eq!(test(&report, "no_update_is_lost").1, "exhausted");
    assert_eq!(report["unproved"], Value::Null);
}

#[test]
fn where_they_cannot_be_counted_nothing_is_proved_and_the_reason_is_said() {
    let fixture = Fixture::new();
    let shown = "let token: Arc<dyn std::fmt::Debug> = Arc::new(count);\n\
                 if Arc::strong_count(&token) > 2 { self.count.load(SeqCst); }";
    let report = check(&fixture, &counter(shown));
    assert_eq!(report["verdict"], "pass", "{report:#}");
    assert_eq!(test(&report, "no_update_is_lost").1, "sampled");
    let expected = json!({
        "why": "looked",
        "word": "strong_count",
        "location": {"file": "exercises/lost-update/src/lib.rs", "line": 10, "column": 9},
    });
    assert_eq!(report["unproved"], expected);
}

#[test]
fn the_real_arc_is_no_way_round() {
    let through_alloc = counter(TAKES_BACK).replace("sync::{Arc, atomic", "sync::{atomic");
    let through_alloc = format!("extern crate alloc;\nuse alloc::sync::Arc;\n{through_alloc}");
    let report = check(&Fixture::new(), &through_alloc);
    // Nobody sees this race; but nobody says that there is none.
    assert_eq!(test(&report, "no_update_is_lost").1, "sampled", "{report:#}");
    assert_eq!(report["unproved"]["word"], "strong_count");
}
