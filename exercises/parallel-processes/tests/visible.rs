//! Tests to run while you work: `cargo test -p parallel-processes`. `kata check` runs more, and looks at your processes.

use std::process::{Command, Output};

fn program(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_parallel-processes"))
        .args(args)
        .output()
        .expect("it can be started")
}

#[test]
fn it_adds_up() {
    let output = program(&["2", "1", "2", "3"]);
    assert!(output.status.success());
    assert_eq!(String::from_utf8_lossy(&output.stdout).trim(), "14");
}

#[test]
fn a_job_that_fails_is_an_error() {
    let output = program(&["2", "1", "0", "3"]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(output.stdout, b"");
    assert_ne!(output.stderr, b"");
}
