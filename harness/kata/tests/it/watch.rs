//! `kata watch`, with a learner who saves.

use std::fs;

use predicates::str::contains;

use crate::{fixture::Fixture, terminal::Learner};

const WAITS: &str = "checks on each save";

const SYNTAX_ERROR: &str = "pub fn answer( {";
const HANGS: &str = "pub fn answer() -> u32 { loop { std::hint::spin_loop(); } }";
const FLOODS: &str = "pub fn answer() -> u32 { loop { println!(\"{}\", \"x\".repeat(1000)); } }";
const WRONG: &str = "pub fn answer() -> u32 { 41 }";
const RIGHT: &str = "pub fn answer() -> u32 { 42 }";

fn watches(fixture: &Fixture) -> Learner {
    let mut learner = Learner::sits_down(fixture, &["watch"], (100, 40));
    learner.sees("demo: checks on each save");
    learner.sees("wrong_answer · 0 of 4 points");
    assert!(learner.is_raw());
    learner
}

/// Saves as many editors do: another file takes the place of the old one.
fn put_in_place(fixture: &Fixture, text: &str) {
    let file = fixture.submission("demo");
    let beside = file.with_extension("rs.new");
    fs::write(&beside, text).unwrap();
    fs::rename(beside, file).unwrap();
}

#[test]
fn from_a_syntax_error_over_a_hang_and_a_flood_to_the_next_exercise() {
    let fixture = Fixture::new();
    let mut learner = watches(&fixture);
    fixture.submit("demo", SYNTAX_ERROR);
    learner.sees("compile_error · 0 of 4 points");
    put_in_place(&fixture, FLOODS);
    learner.sees("output_limit · 0 of 4 points");
    fixture.submit("demo", HANGS);
    learner.sees("time_limit · 0 of 4 points");
    put_in_place(&fixture, WRONG);
    learner.sees("expected 42, got 41");
    for (key, text) in [
        ("h", "It is a number."),
        ("h", "It is larger than 41."),
        ("l", "0 of 3 solved"),
        ("\u{1b}", "expected 42, got 41"),
        ("n", "First steps · 1 of 3"),
    ] {
        learner.types(key);
        learner.sees(text);
    }
    fixture.submit("demo", RIGHT);
    learner.sees("pass · 4 of 4 points");
    learner.sees("demo: solved");
    learner.types("n");
    learner.sees("2 of 3");
    learner.sees(WAITS);
    learner.types("q");
    assert!(learner.leaves().success());
    fixture.assert_nothing_is_left();
    fixture
        .kata(&["list"])
        .assert()
        .success()
        .stdout(contains("1 of 3 solved"));
}

#[test]
fn a_newer_save_ends_the_check_of_the_older_one() {
    let fixture = Fixture::new();
    let mut learner = watches(&fixture);
    fixture.submit("demo", HANGS);
    learner.sees("0 of 1 tests done");
    fixture.submit("demo", RIGHT);
    learner.sees("pass · 4 of 4 points");
    learner.types("q");
    assert!(learner.leaves().success());
    fixture.assert_nothing_is_left();
}

#[test]
fn a_page_that_is_being_read_is_not_taken_away() {
    let fixture = Fixture::new();
    let mut learner = watches(&fixture);
    fixture.submit("demo", HANGS);
    learner.sees("0 of 1 tests done");
    learner.types("l");
    learner.sees("0 of 3 solved");
    learner.sees("demo: time_limit, Esc shows it");
    learner.types("\u{1b}");
    learner.sees("time_limit · 0 of 4 points");
    // Whoever saves wants to see what comes of it.
    learner.types("l");
    learner.sees("0 of 3 solved");
    fixture.submit("demo", RIGHT);
    learner.sees("pass · 4 of 4 points");
    learner.types("q");
    assert!(learner.leaves().success());
    fixture.assert_nothing_is_left();
}

#[test]
fn it_can_be_left_at_any_point_and_nothing_runs_on() {
    for leave in ["q", "\u{3}"] {
        for (text, seen) in [
            (SYNTAX_ERROR, "compile_error"),
            (HANGS, "0 of 1 tests done"),
            (FLOODS, "output_limit"),
            (RIGHT, "demo: solved"),
        ] {
            let fixture = Fixture::new();
            let mut learner = watches(&fixture);
            fixture.submit("demo", text);
            learner.sees(seen);
            learner.types(leave);
            assert_eq!(learner.leaves().code(), Some(0), "{leave:?} at {seen}");
            fixture.assert_nothing_is_left();
        }
    }
}

#[test]
fn without_a_terminal_it_says_what_to_do() {
    let fixture = Fixture::new();
    fixture
        .kata(&["watch"])
        .assert()
        .code(2)
        .stderr(contains("kata check demo"));
}
