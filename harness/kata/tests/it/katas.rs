//! The shipped course grades what it claims.

use std::{
    fs,
    sync::atomic::{AtomicUsize, Ordering},
    thread,
};

use kata_course::{Course, Exercise, Wrong};
use kata_grader::PINNED_CRATES;
use serde_json::Value;

use crate::{
    fixture::{Fixture, repository},
    results::lasting,
};

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

/// Checks a wrong solution; its report without the fields that may differ between two checks.
fn caught(fixture: &Fixture, exercise: &Exercise, wrong: &Wrong) -> String {
    let report = check(fixture, exercise, &["--wrong", &wrong.name]);
    let verdict = match &wrong.test {
        None => &report["verdict"],
        Some(name) => {
            let tests = report["tests"].as_array().unwrap();
            let test = tests.iter().find(|test| test["name"] == name.as_str());
            &test.unwrap_or_else(|| panic!("{name} was not run: {report:#}"))["verdict"]
        }
    };
    assert_eq!(
        *verdict,
        wrong.verdict.name(),
        "{} {}: {report:#}",
        exercise.slug,
        wrong.name
    );
    lasting(report)
}

#[test]
fn wrong_solutions_get_their_verdicts_from_their_tests() {
    let fixture = Fixture::new();
    for exercise in &course().exercises {
        for wrong in &exercise.wrong {
            caught(&fixture, exercise, wrong);
        }
    }
}

/// How often, unless `KATA_REPEAT` says otherwise.
const REPEAT: usize = 50;

/// How many checks run at once, so that the machine is busy with its own doing already.
const AT_ONCE: usize = 4;

/// `cargo test -p kata --test it -- --ignored` (some twenty minutes on two cores; make them busy besides).
#[test]
#[ignore = "takes long"]
fn each_verdict_is_the_same_fifty_times_in_a_row() {
    let repeat = std::env::var("KATA_REPEAT")
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(REPEAT);
    let fixture = Fixture::new();
    let course = course();
    let all: Vec<(&Exercise, &Wrong)> = course
        .exercises
        .iter()
        .flat_map(|exercise| exercise.wrong.iter().map(move |wrong| (exercise, wrong)))
        .collect();
    let next = AtomicUsize::new(0);
    thread::scope(|scope| {
        for _ in 0..AT_ONCE {
            scope.spawn(|| {
                while let Some((exercise, wrong)) = all.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let first = caught(&fixture, exercise, wrong);
                    for _ in 1..repeat {
                        assert_eq!(caught(&fixture, exercise, wrong), first);
                    }
                    println!("{} {}: {repeat} times the same", exercise.slug, wrong.name);
                }
            });
        }
    });
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
