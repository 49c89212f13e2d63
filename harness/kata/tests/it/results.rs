//! The JSON of a check, and the cache of results.

use std::{fs, time::SystemTime};

use serde_json::Value;

use crate::fixture::{Fixture, repository};

/// The report without the fields that may differ between two checks.
pub(crate) fn lasting(mut report: Value) -> String {
    for excepted in ["phases_ms", "cached", "sandbox"] {
        assert!(report.as_object_mut().unwrap().remove(excepted).is_some());
    }
    report.to_string()
}

fn schema() -> jsonschema::Validator {
    let text = fs::read_to_string(repository().join("docs/report.schema.json")).unwrap();
    jsonschema::validator_for(&serde_json::from_str(&text).unwrap()).unwrap()
}

#[test]
fn every_report_is_as_the_schema_says_and_the_same_each_time() {
    let fixture = Fixture::new();
    let schema = schema();
    for arguments in [
        vec!["check", "demo", "--solution", "--no-cache"],
        vec!["check", "demo", "--no-cache"],
        vec!["check", "later", "--wrong", "at-once", "--no-cache"],
        vec!["check", "later", "--no-cache"],
    ] {
        let report = fixture.json(&arguments);
        let faults: Vec<String> = schema
            .iter_errors(&report)
            .map(|fault| fault.to_string())
            .collect();
        assert_eq!(faults, Vec::<String>::new(), "{report:#}");
        for _ in 0..2 {
            assert_eq!(lasting(fixture.json(&arguments)), lasting(report.clone()));
        }
    }
}

#[test]
fn a_submission_may_be_named_as_it_is_seen_from_here() {
    let fixture = Fixture::new();
    let solution = fs::read(fixture.course().join("solutions/demo/src/lib.rs")).unwrap();
    fs::create_dir_all(fixture.course().join("src")).unwrap();
    for name in ["mine.rs", "./mine.rs", "src/lib.rs"] {
        fs::write(fixture.course().join(name), &solution).unwrap();
        let report = fixture.json(&["check", "demo", "--submission", name]);
        assert_eq!(report["verdict"], "pass", "{name}: {report:#}");
    }
    let report = fixture.json(&["check", "demo", "--submission", "."]);
    assert_eq!(report["verdict"], "pass", "{report:#}");
}

#[test]
fn what_has_not_changed_is_answered_from_the_cache() {
    let fixture = Fixture::new();
    let first = fixture.json(&["check", "demo"]);
    let second = fixture.json(&["check", "demo"]);
    assert_eq!(
        (&first["cached"], &second["cached"]),
        (&Value::Bool(false), &Value::Bool(true))
    );
    assert_eq!(lasting(first), lasting(second));
    assert_eq!(fixture.json(&["check", "demo", "--no-cache"])["cached"], false);
}

#[test]
fn an_edit_is_graded_although_the_clock_was_set_back() {
    let fixture = Fixture::new();
    assert_eq!(fixture.json(&["check", "demo"])["verdict"], "wrong_answer");
    fixture.solve("demo");
    let file = fs::File::options()
        .write(true)
        .open(fixture.submission("demo"))
        .unwrap();
    file.set_modified(SystemTime::UNIX_EPOCH).unwrap();
    assert_eq!(fixture.json(&["check", "demo"])["verdict"], "pass");
}

#[test]
fn changed_tests_are_graded_afresh() {
    let fixture = Fixture::new();
    fixture.solve("demo");
    assert_eq!(fixture.json(&["check", "demo"])["verdict"], "pass");
    let hidden = fixture.course().join("tests/demo/hidden.rs");
    let text = fs::read_to_string(&hidden).unwrap();
    fs::write(&hidden, text.replace("42", "43")).unwrap();
    assert_eq!(
        fixture.json(&["check", "demo"])["tests"][0]["message"],
        "expected 43, got 42"
    );
}

#[test]
fn a_damaged_result_is_no_result() {
    let fixture = Fixture::new();
    fixture.json(&["check", "demo"]);
    for entry in fs::read_dir(fixture.cache().join("results")).unwrap() {
        fs::write(entry.unwrap().path(), "{\"verdict\": \"pass\"").unwrap();
    }
    let report = fixture.json(&["check", "demo"]);
    assert_eq!(
        (&report["verdict"], &report["cached"]),
        (&"wrong_answer".into(), &Value::Bool(false))
    );
}

#[test]
fn a_hidden_test_that_does_not_compile_is_the_courses_fault() {
    let fixture = Fixture::new();
    let hidden = fixture.course().join("tests/demo/hidden.rs");
    let text = fs::read_to_string(&hidden).unwrap();
    fs::write(&hidden, text.replace("demo::answer()", "demo::reply()")).unwrap();
    fixture
        .kata(&["check", "demo"])
        .assert()
        .code(2)
        .stderr(predicates::str::contains(
            "do not compile against its own solution",
        ));
}

#[test]
fn a_hidden_test_that_checks_nothing_passes_nobody() {
    let fixture = Fixture::new();
    let hidden = fixture.course().join("tests/demo/hidden.rs");
    fs::write(
        &hidden,
        "//! None.\n\n#[kata_test::test]\nfn answers() {\n    demo::answer();\n}\n",
    )
    .unwrap();
    let mut check = fixture.kata(&["check", "demo", "--solution"]);
    check
        .assert()
        .code(3)
        .stdout(predicates::str::contains("harness_error"));
}
