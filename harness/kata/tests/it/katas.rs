//! The shipped course grades what it claims.

use std::fs;

use kata_course::{Course, Exercise};
use kata_grader::PINNED_CRATES;
use serde_json::Value;

use crate::fixture::{Fixture, repository};

fn course() -> Course {
    Course::load(&repository(), PINNED_CRATES).unwrap_or_else(|error| panic!("{error}"))
}

fn check(fixture: &Fixture, exercise: &Exercise, whose: &[&str]) -> Value {
    let root = repository();
    let root = root.to_str().unwrap();
    let arguments = [&["check", &exercise.slug, "--course", root, "--no-cache"], whose].concat();
    fixture.json(&arguments)
}

#[test]
fn solutions_pass() {
    let fixture = Fixture::new();
    for exercise in &course().exercises {
        let report = check(&fixture, exercise, &["--solution"]);
        assert_eq!(report["verdict"], "pass", "{report:#}");
        assert_eq!(
            report["diagnostics"],
            Value::Array(Vec::new()),
            "{}: the solution has warnings",
            exercise.slug
        );
        for right in &exercise.right {
            let report = check(&fixture, exercise, &["--right", &right.name]);
            assert_eq!(
                report["verdict"], "pass",
                "{} {}: {report:#}",
                exercise.slug, right.name
            );
        }
    }
}

#[test]
fn starters_compile_and_do_not_pass() {
    let fixture = Fixture::new();
    for exercise in &course().exercises {
        let report = check(&fixture, exercise, &["--starter"]);
        let verdict = report["verdict"].as_str().unwrap();
        assert!(
            !["pass", "compile_error", "rejected", "harness_error"].contains(&verdict),
            "{report:#}"
        );
    }
}

#[test]
fn wrong_solutions_get_their_verdicts_from_their_tests() {
    let fixture = Fixture::new();
    for exercise in &course().exercises {
        for wrong in &exercise.wrong {
            let report = check(&fixture, exercise, &["--wrong", &wrong.name]);
            let verdict = match &wrong.test {
                None => &report["verdict"],
                Some(name) => {
                    let tests = report["tests"].as_array().unwrap();
                    let test = tests.iter().find(|test| test["name"] == name.as_str());
                    &test.unwrap_or_else(|| panic!("{} was not run: {report:#}", name))["verdict"]
                }
            };
            assert_eq!(
                *verdict,
                wrong.verdict.name(),
                "{} {}: {report:#}",
                exercise.slug,
                wrong.name
            );
        }
    }
}

/// The solution's crate and the learner's have the tests that a learner sees, and a copy of the starter is kept.
#[test]
fn the_kept_starter_is_the_starter() {
    let root = repository();
    for exercise in &course().exercises {
        for file in &exercise.editable {
            let given = root.join("exercises").join(&exercise.slug).join(file);
            let kept = match exercise.editable.len() {
                1 => root.join("tests").join(&exercise.slug).join("starter.rs"),
                _ => root.join("tests").join(&exercise.slug).join("starter").join(file),
            };
            assert_eq!(
                fs::read_to_string(given).unwrap(),
                fs::read_to_string(kept).unwrap(),
                "{}",
                exercise.slug
            );
        }
    }
}
