//! Tests on the model, with their caps, through the real binary.

use serde_json::{Value, json};

use crate::fixture::Fixture;

fn graded(arguments: &[&str]) -> Value {
    let fixture = Fixture::with_course("model_course");
    fixture.json(&[&["check", "sum", "--no-cache"], arguments].concat())
}

fn test<'a>(report: &'a Value, name: &str) -> &'a Value {
    let tests = report["tests"].as_array().unwrap();
    tests.iter().find(|test| test["name"] == name).unwrap()
}

#[test]
fn caps_say_how_far_a_search_goes_and_the_proof_says_how_far_it_went() {
    let report = graded(&["--solution"]);
    let proof = |name| &test(&report, name)["proof"];
    assert_eq!(proof("proved")["kind"], "exhausted", "{report:#}");
    assert_eq!(proof("bounded")["kind"], "bounded", "{report:#}");
    assert_eq!(proof("bounded")["preemptions"], 2, "{report:#}");
    assert_eq!(proof("sampled")["kind"], "sampled", "{report:#}");
    assert_eq!(test(&report, "cut_short")["verdict"], "livelock", "{report:#}");
}

#[test]
fn work_and_span_are_measured_exactly() {
    let report = graded(&["--solution"]);
    let shared = test(&report, "shared");
    assert_eq!(shared["verdict"], "pass", "{report:#}");
    assert_eq!(
        shared["measured"],
        json!({"work": 1000, "span": 500, "threads": [
            {"thread": 1, "name": null, "work": 500},
            {"thread": 2, "name": null, "work": 500},
        ]})
    );
}

#[test]
fn what_could_overlap_and_does_not_is_too_slow() {
    let report = graded(&["--wrong", "one-after-the-other"]);
    let shared = test(&report, "shared");
    assert_eq!(shared["verdict"], "too_slow", "{report:#}");
    assert_eq!(
        (&shared["measured"]["work"], &shared["measured"]["span"]),
        (&json!(1000), &json!(1000))
    );
}

#[test]
fn a_test_that_measures_must_be_ideal() {
    let report = graded(&["--solution"]);
    let broken = test(&report, "measures_where_nothing_is_measured");
    assert_eq!(broken["verdict"], "harness_error", "{report:#}");
}
