//! `kata init`, and the course done from its first kata to its last.

use std::{fs, path::Path};

use kata_course::Course;
use kata_grader::PINNED_CRATES;
use predicates::{prelude::PredicateBooleanExt, str::contains};

use crate::fixture::Fixture;

/// A learner's own course, in the place of the fixture's.
fn own_course() -> Fixture {
    let fixture = Fixture::without_course();
    let folder = fixture.course();
    fixture
        .kata(&["init", "."])
        .assert()
        .success()
        .stdout(contains("kata next"));
    assert!(folder.join(".vscode/settings.json").is_file());
    fixture
}

fn course(folder: &Path) -> Course {
    Course::load(folder, PINNED_CRATES).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn a_learners_own_course_works_as_the_shipped_one() {
    let fixture = own_course();
    let all = course(&fixture.course()).exercises.len();
    fixture
        .kata(&["next"])
        .assert()
        .success()
        .stdout(contains(format!("1 of {all}")).and(contains("exercises/spawn-join/src/lib.rs")));
    fixture.kata(&["check"]).assert().code(1);
    fixture.solve("spawn-join");
    fixture.kata(&["check"]).assert().success();
    fixture
        .kata(&["next"])
        .assert()
        .success()
        .stdout(contains(format!("2 of {all}")));
}

#[test]
fn its_workspace_is_one_that_cargo_and_editors_understand() {
    let fixture = own_course();
    let metadata = std::process::Command::new(env!("CARGO"))
        .args(["metadata", "--no-deps", "--format-version", "1", "--offline"])
        .current_dir(fixture.course())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&metadata.stderr);
    assert!(metadata.status.success(), "{said}");
    let metadata: serde_json::Value = serde_json::from_slice(&metadata.stdout).unwrap();
    let packages = metadata["packages"].as_array().unwrap().len();
    assert_eq!(packages, course(&fixture.course()).exercises.len());
}

#[test]
fn nothing_is_overwritten_and_nothing_half_written_is_left() {
    let fixture = own_course();
    let submission = fixture.submission("gather");
    fs::write(&submission, "// mine").unwrap();
    fixture
        .kata(&["init", "."])
        .assert()
        .code(2)
        .stderr(contains("is not empty"));
    assert_eq!(fs::read_to_string(submission).unwrap(), "// mine");
    fixture.kata(&["init", "course.toml"]).assert().code(2);
    let beside = fs::read_dir(fixture.course().parent().unwrap()).unwrap();
    let left: Vec<_> = beside
        .map(|entry| entry.unwrap().file_name())
        .filter(|name| name.to_string_lossy().starts_with(".kata-init"))
        .collect();
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn the_course_is_done_from_the_first_kata_to_the_last() {
    let fixture = own_course();
    let exercises = course(&fixture.course()).exercises;
    let all = exercises.len();
    for (done, exercise) in exercises.iter().enumerate() {
        let here = contains(format!("{} of {all}", done + 1))
            .and(contains(exercise.title.clone()))
            .and(contains(format!("exercises/{}/", exercise.slug)));
        fixture.kata(&["next"]).assert().success().stdout(here);
        fixture.kata(&["check"]).assert().code(1);
        for file in &exercise.editable {
            let of = |folder: &str| fixture.course().join(folder).join(&exercise.slug).join(file);
            fs::copy(of("solutions"), of("exercises")).unwrap();
        }
        fixture.kata(&["check"]).assert().success();
        fixture.kata(&["solution", &exercise.slug]).assert().success();
    }
    fixture
        .kata(&["next"])
        .assert()
        .success()
        .stdout(contains("solved"));
}
