//! The commands in a learner's day.

use std::fs;

use insta::assert_snapshot;
use predicates::{prelude::PredicateBooleanExt, str::contains};

use crate::fixture::Fixture;

/// What a command prints, with the temporary folder's name taken out.
fn screen(fixture: &Fixture, arguments: &[&str]) -> String {
    let output = fixture.kata(arguments).output().unwrap();
    let course = fixture.course().canonicalize().unwrap();
    String::from_utf8(output.stdout)
        .unwrap()
        .replace(course.to_str().unwrap(), "COURSE")
}

#[test]
fn the_manual_and_the_completions_know_every_command() {
    let fixture = Fixture::without_course();
    let all = [
        "next", "check", "watch", "hint", "list", "replay", "init", "course", "doctor",
    ];
    for arguments in [
        &["manual"][..],
        &["completions", "bash"],
        &["completions", "zsh"],
        &["completions", "fish"],
    ] {
        let told = fixture.kata(arguments).assert().success();
        let told = String::from_utf8(told.get_output().stdout.clone()).unwrap();
        for command in all {
            assert!(told.contains(command), "{arguments:?}: {command}");
        }
    }
    fixture.kata(&["manual", "man1"]).assert().success();
    assert!(fixture.course().join("man1/kata-course-check.1").is_file());
}

#[test]
fn a_course_from_the_first_kata_to_the_end() {
    let fixture = Fixture::new();
    for slug in ["demo", "later", "free"] {
        fixture.kata(&["next"]).assert().success().stdout(contains(slug));
        fixture.kata(&["check"]).assert().code(1);
        fixture.solve(slug);
        fixture
            .kata(&["check"])
            .assert()
            .success()
            .stdout(contains("kata next"));
    }
    assert_snapshot!("all_solved", screen(&fixture, &["next"]));
    fixture
        .kata(&["check"])
        .assert()
        .code(2)
        .stderr(contains("everything is solved"));
}

#[test]
fn the_screens_of_a_failing_and_a_passing_check() {
    let fixture = Fixture::new();
    assert_snapshot!("check_fails", screen(&fixture, &["check", "demo"]));
    assert_snapshot!("check_panics", {
        fixture.submit(
            "demo",
            "pub fn answer() -> u32 {\n    let none: Option<u32> = None;\n    none.unwrap()\n}\n",
        );
        screen(&fixture, &["check", "demo"])
    });
    fixture.solve("demo");
    assert_snapshot!("check_passes", screen(&fixture, &["check", "demo"]));
}

#[test]
fn the_screen_of_a_crate_that_does_not_compile() {
    let fixture = Fixture::new();
    fixture.submit("demo", "pub fn answer() -> u32 {\n    let text = String::from(\"42\");\n    drop(text);\n    text.len()\n}\n");
    assert_snapshot!("check_does_not_compile", screen(&fixture, &["check", "demo"]));
}

#[test]
fn the_screen_of_a_submission_that_breaks_a_rule() {
    let fixture = Fixture::new();
    fixture.submit(
        "demo",
        "pub fn answer() -> u32 {\n    unsafe { std::mem::zeroed() }\n}\n",
    );
    assert_snapshot!("check_rejected", screen(&fixture, &["check", "demo"]));
}

#[test]
fn the_screens_of_next_and_list() {
    let fixture = Fixture::new();
    assert_snapshot!("next", screen(&fixture, &["next"]));
    assert_snapshot!("list", screen(&fixture, &["list"]));
}

#[test]
fn hints_come_one_at_a_time() {
    let fixture = Fixture::new();
    fixture
        .kata(&["hint"])
        .assert()
        .success()
        .stdout(contains("It is a number.").and(contains("larger").not()));
    fixture
        .kata(&["hint"])
        .assert()
        .success()
        .stdout(contains("It is larger than 41."));
    fixture
        .kata(&["hint", "demo"])
        .assert()
        .success()
        .stdout(contains("It is 42."));
    fixture
        .kata(&["hint", "demo"])
        .assert()
        .success()
        .stdout(contains("It is a number.").and(contains("It is 42.")));
    fixture
        .kata(&["hint", "later"])
        .assert()
        .success()
        .stdout(contains("has no hints"));
}

#[test]
fn reset_keeps_the_learners_version() {
    let fixture = Fixture::new();
    let starter = fs::read_to_string(fixture.submission("demo")).unwrap();
    let mine = "pub fn answer() -> u32 {\n    40 + 2\n}\n";
    fixture.submit("demo", mine);
    let output = fixture
        .kata(&["reset", "demo"])
        .assert()
        .success()
        .get_output()
        .stdout
        .clone();
    assert_eq!(fs::read_to_string(fixture.submission("demo")).unwrap(), starter);
    let output = String::from_utf8(output).unwrap();
    let kept = output
        .lines()
        .map(str::trim)
        .find(|line| line.contains("set-aside"))
        .unwrap();
    let kept = fixture.course().join(kept);
    let kept = if kept.is_dir() {
        kept.join("src/lib.rs")
    } else {
        kept
    };
    assert_eq!(fs::read_to_string(kept).unwrap(), mine);
}

#[test]
fn the_solution_is_shown_to_those_who_have_one() {
    let fixture = Fixture::new();
    fixture
        .kata(&["solution", "demo"])
        .assert()
        .code(1)
        .stdout(contains("once demo passes"));
    fixture.solve("demo");
    fixture.kata(&["check", "demo"]).assert().success();
    fixture
        .kata(&["solution", "demo"])
        .assert()
        .success()
        .stdout(contains("42"));
}

#[test]
fn grading_the_reference_is_no_progress() {
    let fixture = Fixture::new();
    fixture.kata(&["check", "demo", "--solution"]).assert().success();
    fixture
        .kata(&["check", "demo", "--wrong", "off-by-one"])
        .assert()
        .code(1);
    fixture.kata(&["check", "demo", "--starter"]).assert().code(1);
    fixture.kata(&["solution", "demo"]).assert().code(1);
}

#[test]
fn a_name_that_does_not_exist_is_told_with_the_nearest() {
    let fixture = Fixture::new();
    fixture
        .kata(&["check", "dmeo"])
        .assert()
        .code(2)
        .stderr(contains("did you mean `demo`?"));
    fixture
        .kata(&["check", "demo", "--wrong", "of-by-one"])
        .assert()
        .code(2)
        .stderr(contains("off-by-one"));
    fixture.kata(&["chekc"]).assert().code(2);
}

#[test]
fn a_broken_course_is_told_as_a_whole() {
    let fixture = Fixture::new();
    let file = fixture.course().join("course.toml");
    let text = fs::read_to_string(&file).unwrap();
    fs::write(
        &file,
        text.replace("points = 4", "pionts = 4")
            .replace("[\"demo\"]", "[\"dmeo\"]"),
    )
    .unwrap();
    fixture.kata(&["list"]).assert().code(2).stderr(
        contains("pionts")
            .and(contains("dmeo"))
            .and(contains("course.toml")),
    );
}

#[test]
fn outside_of_a_course_it_says_how_to_name_one() {
    let elsewhere = tempfile::tempdir().unwrap();
    let fixture = Fixture::new();
    fixture
        .kata(&["next"])
        .current_dir(elsewhere.path())
        .assert()
        .code(2)
        .stderr(contains("--course"));
    let course = fixture.course();
    let named = ["next", "--course", course.to_str().unwrap()];
    fixture
        .kata(&named)
        .current_dir(elsewhere.path())
        .assert()
        .success()
        .stdout(contains("demo"));
}

#[test]
fn several_exercises_are_graded_in_their_order() {
    let fixture = Fixture::new();
    let output = fixture
        .kata(&["check", "--all", "--solution", "--format", "json"])
        .output()
        .unwrap();
    let lines = String::from_utf8(output.stdout).unwrap();
    let slugs: Vec<String> = lines
        .lines()
        .map(|line| {
            serde_json::from_str::<serde_json::Value>(line).unwrap()["exercise"]
                .as_str()
                .unwrap()
                .to_owned()
        })
        .collect();
    assert_eq!(slugs, ["demo", "later", "free"]);
    fixture
        .kata(&["check", "demo", "free", "--format", "junit"])
        .assert()
        .code(1)
        .stdout(contains("<testsuite").and(contains("wrong_answer")));
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let fixture = Fixture::new();
    let mut kata = fixture.command();
    let mut child = kata
        .arg("list")
        .stdout(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    assert!(child.wait().unwrap().success());
}

#[test]
fn the_doctor_tries_what_it_reports() {
    let fixture = Fixture::new();
    fixture.kata(&["doctor"]).assert().success().stdout(
        contains("stopped by its limit of CPU time")
            .and(contains("toolchain"))
            .and(contains("tier")),
    );
}
