//! Tests to run while you work: `cargo test -p {{slug}}`. `kata check` runs more.

use std::process::Command;

#[test]
fn it_prints_the_sum() {
    let output = Command::new(env!("CARGO_BIN_EXE_{{slug}}")).arg("3").output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stdout).trim(), "14");
}
