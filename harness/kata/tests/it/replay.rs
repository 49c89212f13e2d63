//! `kata replay`: what is kept of a failure, and the walk through it as text.

use std::{fs, path::PathBuf};

use insta::assert_snapshot;
use predicates::{prelude::PredicateBooleanExt, str::contains};

use crate::fixture::Fixture;

/// Two threads that each add one, and may lose one.
pub(crate) const LOSES_ONE: &str = "\
use std::sync::atomic::{AtomicU32, Ordering::SeqCst};
use std::thread;

pub fn answer() -> u32 {
    let count = AtomicU32::new(40);
    thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                let seen = count.load(SeqCst);
                count.store(seen + 1, SeqCst);
            });
        }
    });
    count.load(SeqCst)
}
";

const ANSWERS: &str = "  [[exercise.test]]
  name = \"answers\"
  kind = \"plain\"
  points = 4
";

/// The course, with two tests of `demo` that explore the schedules of its threads.
pub(crate) fn of_threads() -> Fixture {
    let fixture = Fixture::new();
    let file = fixture.course().join("course.toml");
    let course = fs::read_to_string(&file).unwrap();
    let explored = ["answers", "answers_again"]
        .map(|name| ANSWERS.replace("answers", name).replace("plain", "explore"))
        .join("  feedback = \"Two threads can both read before either writes.\"\n\n");
    assert!(course.contains(ANSWERS));
    fs::write(&file, course.replacen(ANSWERS, &explored, 1)).unwrap();
    let hidden = "//! The hidden tests.\n\nuse kata_test::prelude::*;\n\n\
        #[kata_test::test]\nfn answers() {\n    check_eq!(demo::answer(), 42);\n}\n\n\
        #[kata_test::test]\nfn answers_again() {\n    check_eq!(demo::answer(), 42, \"once more\");\n}\n";
    fs::write(fixture.course().join("tests/demo/hidden.rs"), hidden).unwrap();
    fixture.submit("demo", LOSES_ONE);
    fixture
}

fn printed(fixture: &Fixture, arguments: &[&str]) -> String {
    let output = fixture.kata(arguments).output().unwrap();
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn the_schedule_of_the_last_check_is_walked() {
    let fixture = of_threads();
    fixture.kata(&["check"]).assert().code(1).stdout(
        contains("the same one every time: `kata replay`.")
            .and(contains("`kata replay --test answers_again`")),
    );
    assert_snapshot!("replay", printed(&fixture, &["replay"]));
    assert_eq!(
        printed(&fixture, &["replay", "demo"]),
        printed(&fixture, &["replay"])
    );
    let again = printed(
        &fixture,
        &["replay", "--test", "answers_again", "--format", "text"],
    );
    assert!(again.starts_with("demo · answers_again"), "{again}");
    assert!(again.contains("once more"), "{again}");
}

#[test]
fn the_source_is_shown_as_it_was_graded() {
    let fixture = of_threads();
    fixture.kata(&["check"]).assert().code(1);
    let before = printed(&fixture, &["replay"]);
    assert!(!before.contains("have changed"), "{before}");
    // Whatever becomes of it: it is the failure that is looked at, and not the file.
    fixture.solve("demo");
    fixture.kata(&["check"]).assert().success();
    let after = printed(&fixture, &["replay", "demo"]);
    assert!(after.contains("Your files have changed since"), "{after}");
    assert!(after.contains("let seen = count.load(SeqCst);"), "{after}");
    fs::remove_file(fixture.submission("demo")).unwrap();
    assert_eq!(printed(&fixture, &["replay"]), after);
}

#[test]
fn an_answer_from_the_cache_can_be_replayed() {
    let fixture = of_threads();
    fixture.kata(&["check"]).assert().code(1);
    fs::remove_dir_all(fixture.cache().join("failures")).unwrap();
    fixture.kata(&["replay"]).assert().code(2);
    fixture
        .kata(&["check"])
        .assert()
        .code(1)
        .stdout(contains("`kata replay`").and(contains("graded before")));
    fixture.kata(&["replay"]).assert().success();
}

#[test]
fn where_there_is_nothing_to_replay_it_says_what_to_do() {
    let fixture = of_threads();
    fixture
        .kata(&["replay"])
        .assert()
        .code(2)
        .stderr(contains("nothing to replay").and(contains("`kata check`")));
    fixture
        .kata(&["replay", "demo"])
        .assert()
        .code(2)
        .stderr(contains("of `demo`").and(contains("`kata check demo`")));
    fixture
        .kata(&["replay", "dmeo"])
        .assert()
        .code(2)
        .stderr(contains("did you mean `demo`?"));
    fixture.kata(&["check"]).assert().code(1);
    fixture
        .kata(&["replay", "--test", "answer"])
        .assert()
        .code(2)
        .stderr(contains("answers, answers_again"));
    // A failure without a schedule takes nothing away.
    fixture.submit("demo", "pub fn answer() -> u32 {\n    41 +\n}\n");
    fixture
        .kata(&["check"])
        .assert()
        .code(1)
        .stdout(contains("kata replay").not());
    fixture.kata(&["replay"]).assert().success();
}

#[test]
fn only_the_learners_own_failures_are_kept() {
    let fixture = of_threads();
    let elsewhere = fixture.course().join("elsewhere.rs");
    fs::write(&elsewhere, LOSES_ONE).unwrap();
    fixture
        .kata(&["check", "demo", "--submission", "elsewhere.rs"])
        .assert()
        .code(1)
        .stdout(contains("the same one every time.").and(contains("kata replay").not()));
    fixture.kata(&["replay"]).assert().code(2);
}

#[test]
fn each_of_several_exercises_is_replayed_by_its_name() {
    let fixture = of_threads();
    fixture
        .kata(&["check", "free", "demo"])
        .assert()
        .code(1)
        .stdout(contains("`kata replay demo`").and(contains("`kata replay demo --test answers_again`")));
    fixture.kata(&["replay", "demo"]).assert().success();
    fixture.kata(&["replay", "free"]).assert().code(2);
}

#[test]
fn colours_are_for_those_who_ask() {
    let fixture = of_threads();
    fixture.kata(&["check"]).assert().code(1);
    assert!(!printed(&fixture, &["replay"]).contains('\u{1b}'));
    assert!(printed(&fixture, &["replay", "--color", "always"]).contains('\u{1b}'));
    assert!(!printed(&fixture, &["replay", "--color", "never"]).contains('\u{1b}'));
}

/// The file in which the failure of `demo` is kept.
fn kept(fixture: &Fixture) -> PathBuf {
    let entries = fs::read_dir(fixture.cache().join("failures")).unwrap();
    let mut files = entries.map(|entry| entry.unwrap().path());
    files
        .find(|file| file.extension().is_some_and(|extension| extension == "json"))
        .unwrap()
}

#[test]
fn what_is_damaged_or_of_another_format_is_passed_over() {
    let fixture = of_threads();
    fixture.kata(&["check"]).assert().code(1);
    let whole = fs::read_to_string(kept(&fixture)).unwrap();
    assert!(whole.contains("\"format\":1"));
    for other in [
        whole.replace("\"format\":1", "\"format\":0"),
        whole[..100].to_owned(),
    ] {
        fs::write(kept(&fixture), other).unwrap();
        fixture
            .kata(&["replay"])
            .assert()
            .code(2)
            .stderr(contains("nothing to replay"));
    }
    fixture.kata(&["check"]).assert().code(1);
    fixture.kata(&["replay"]).assert().success();
}

#[test]
fn where_it_cannot_be_kept_nothing_is_promised() {
    let fixture = of_threads();
    fixture.kata(&["check"]).assert().code(1);
    let file = kept(&fixture);
    fs::remove_file(&file).unwrap();
    fs::create_dir(&file).unwrap();
    fixture
        .kata(&["check"])
        .assert()
        .code(1)
        .stdout(contains("the same one every time.").and(contains("`kata replay").not()))
        .stderr(contains("the failing schedule cannot be replayed"));
}
