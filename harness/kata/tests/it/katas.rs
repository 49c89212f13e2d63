//! The shipped course grades what it claims.

use std::{env, process::Output};

use crate::fixture::{Fixture, repository};

/// Every submission of the shipped course, each graded so often. No time limit: it takes minutes.
fn check(repeat: &str) -> Output {
    let fixture = Fixture::new();
    let mut kata = fixture.command();
    kata.args(["course", "check", "--repeat", repeat, "--course"])
        .arg(repository());
    let output = kata.output().unwrap();
    fixture.assert_nothing_is_left();
    output
}

fn is_green(output: &Output) {
    let (screen, errors) = (
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr),
    );
    assert!(output.status.success(), "{screen}\n{errors}");
}

#[test]
fn every_exercise_grades_what_it_claims() {
    is_green(&check("1"));
}

/// `cargo test --release -p kata --test it -- --ignored twenty --nocapture`; make both cores busy besides.
#[test]
#[ignore = "takes long"]
fn each_result_is_the_same_twenty_times_in_a_row() {
    let repeat = env::var("KATA_REPEAT").unwrap_or_else(|_| "20".to_owned());
    is_green(&check(&repeat));
}
