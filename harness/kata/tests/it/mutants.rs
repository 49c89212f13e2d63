//! `kata course check --mutate`: which slightly wrong solutions the hidden tests do not catch.

use std::{fs, fs::File, io::Write};

use predicates::{prelude::PredicateBooleanExt, str::contains};
use serde_json::Value;

use crate::fixture::{Fixture, repository};

/// The course with a new exercise `it` of that kind, as its last one.
fn with_new(kind: &str) -> Fixture {
    let fixture = Fixture::new();
    let new = fixture.kata(&["course", "new", "it", "--kind", kind]).assert();
    new.success();
    fixture
}

fn append(fixture: &Fixture, text: &str) {
    let file = File::options()
        .append(true)
        .open(fixture.course().join("course.toml"));
    file.unwrap().write_all(text.as_bytes()).unwrap();
}

fn mark(mutant: &str) -> String {
    format!("\n  [[exercise.equivalent]]\n  mutant = \"{mutant}\"\n  reason = \"The task does not say.\"\n")
}

fn mutated(fixture: &Fixture) -> Value {
    let run = fixture
        .kata(&["course", "check", "--mutate", "it", "--format", "json"])
        .assert();
    serde_json::from_slice(&run.get_output().stdout).unwrap()
}

/// The fate of a mutant.
fn fate<'a>(exercise: &'a Value, name: &str) -> &'a Value {
    let mutants = exercise["mutants"].as_array().unwrap();
    let mutant = mutants.iter().find(|mutant| mutant["name"] == name);
    &mutant.unwrap_or_else(|| panic!("{name}: {exercise:#}"))["fate"]
}

#[test]
fn mutants_are_caught_by_the_tests_of_a_new_exercise() {
    let exercise = mutated(&with_new("explore"));
    let schema = fs::read_to_string(repository().join("docs/mutants.schema.json")).unwrap();
    let schema = jsonschema::validator_for(&serde_json::from_str(&schema).unwrap()).unwrap();
    assert!(schema.is_valid(&exercise), "{exercise:#}");
    assert_eq!(exercise["catches_its_mutants"], true, "{exercise:#}");
    let split = fate(&exercise, "split-atomic:Tickets::next:1");
    assert_eq!(
        (&split["is"], &split["verdict"]),
        (&"caught".into(), &"race".into())
    );
}

#[test]
fn what_does_not_compile_is_counted_apart() {
    let exercise = mutated(&with_new("explore-tasks"));
    assert_eq!(
        fate(&exercise, "drop-await:Account::balance:1")["is"],
        "not_compiled"
    );
}

#[test]
fn a_mutant_that_passes_is_a_fault_until_it_is_marked() {
    let fixture = with_new("plain");
    let check = || fixture.kata(&["course", "check", "--mutate", "it"]).assert();
    let survivor = "ignore-error:elsewhere:1";
    check()
        .code(1)
        .stdout(contains(survivor).and(contains("+        .unwrap()")))
        .stdout(contains("1 survived").and(contains("run-here").not()));
    append(&fixture, &mark(survivor));
    check()
        .success()
        .stdout(contains("1 equivalent").and(contains("None survived")));
    append(&fixture, &mark("ignore-error:elsewhere:9"));
    check()
        .code(1)
        .stdout(contains("there is no mutant `ignore-error:elsewhere:9`"));
    let path = fixture.course().join("course.toml");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(
        &path,
        text.replace("ignore-error:elsewhere:9", "run-here:elsewhere:1"),
    )
    .unwrap();
    check()
        .code(1)
        .stdout(contains("`run-here:elsewhere:1` is marked as no mistake"));
}

#[test]
fn of_a_solution_that_does_not_pass_there_are_no_mutants() {
    let fixture = with_new("plain");
    let solution = fixture.course().join("solutions/it/src/lib.rs");
    fs::copy(fixture.course().join("tests/it/starter.rs"), solution).unwrap();
    fixture
        .kata(&["course", "check", "--mutate", "it"])
        .assert()
        .code(1)
        .stdout(contains("the solution does not pass"));
}
