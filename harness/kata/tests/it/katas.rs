//! The shipped course grades what it claims.

use std::{
    fs, iter,
    sync::atomic::{AtomicUsize, Ordering},
    thread,
};

use kata_course::{Course, Exercise, Right, Wrong};
use kata_grader::PINNED_CRATES;
use kata_protocol::Verdict;
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

/// A submission of the course that has a verdict to get.
enum Submission<'a> {
    Solution,
    Right(&'a Right),
    Wrong(&'a Wrong),
}

impl Submission<'_> {
    /// Those of an exercise.
    fn of(exercise: &Exercise) -> impl Iterator<Item = Submission<'_>> {
        let rights = exercise.right.iter().map(Submission::Right);
        let wrongs = exercise.wrong.iter().map(Submission::Wrong);
        iter::once(Submission::Solution).chain(rights).chain(wrongs)
    }

    /// How the command line names it.
    fn arguments(&self) -> Vec<&str> {
        match self {
            Submission::Solution => vec!["--solution"],
            Submission::Right(right) => vec!["--right", &right.name],
            Submission::Wrong(wrong) => vec!["--wrong", &wrong.name],
        }
    }
}

/// Checks a submission, and that it gets its verdict; its report without the fields that may differ between two checks.
fn graded(fixture: &Fixture, exercise: &Exercise, submission: &Submission<'_>) -> String {
    let report = check(fixture, exercise, &submission.arguments());
    let expected = match submission {
        Submission::Solution | Submission::Right(_) => Verdict::Pass,
        Submission::Wrong(wrong) => wrong.verdict,
    };
    let verdict = match submission {
        Submission::Wrong(Wrong { test: Some(name), .. }) => {
            let tests = report["tests"].as_array().unwrap();
            let test = tests.iter().find(|test| test["name"] == name.as_str());
            &test.unwrap_or_else(|| panic!("{name} was not run: {report:#}"))["verdict"]
        }
        _ => &report["verdict"],
    };
    let arguments = submission.arguments();
    assert_eq!(
        *verdict,
        expected.name(),
        "{} {arguments:?}: {report:#}",
        exercise.slug
    );
    if matches!(submission, Submission::Solution) {
        let warnings = &report["diagnostics"];
        assert_eq!(
            *warnings,
            Value::Array(Vec::new()),
            "{}: the solution has warnings",
            exercise.slug
        );
    }
    lasting(report)
}

/// How many checks run at once: more than most machines have cores, so that the machine is busy with its own doing already.
const AT_ONCE: usize = 4;

/// Grades every submission of the course `repeat` times; each time it has to get its verdict, and the same report.
fn grade_all(repeat: usize) {
    let fixture = Fixture::new();
    let course = course();
    let mut all: Vec<(&Exercise, Submission<'_>)> = course
        .exercises
        .iter()
        .flat_map(|exercise| Submission::of(exercise).map(move |submission| (exercise, submission)))
        .collect();
    // Other roads are the longest to explore, and come last.
    all.sort_by_key(|(_, submission)| matches!(submission, Submission::Right(_)));
    let next = AtomicUsize::new(0);
    thread::scope(|scope| {
        for _ in 0..AT_ONCE {
            scope.spawn(|| {
                while let Some((exercise, submission)) = all.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let first = graded(&fixture, exercise, submission);
                    for _ in 1..repeat {
                        assert_eq!(graded(&fixture, exercise, submission), first);
                    }
                    let arguments = submission.arguments().join(" ");
                    println!("{} {arguments}: {repeat} times the same", exercise.slug);
                }
            });
        }
    });
}

#[test]
fn solutions_pass_and_wrong_solutions_get_their_verdicts_from_their_tests() {
    grade_all(1);
}

/// How often, unless `KATA_REPEAT` says otherwise.
const REPEAT: usize = 20;

/// `cargo test --release -p kata --test it -- --ignored --nocapture` (most of an hour on two cores; make them busy
/// besides).
#[test]
#[ignore = "takes long"]
fn each_verdict_is_the_same_twenty_times_in_a_row() {
    let repeat = std::env::var("KATA_REPEAT").ok();
    grade_all(repeat.and_then(|text| text.parse().ok()).unwrap_or(REPEAT));
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
