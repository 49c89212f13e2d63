//! What the program prints, how it ends, and what it leaves.

use kata_test::prelude::*;

#[kata_test::test]
fn prints_the_answer() {
    let run = program().arg("answer").stdin("What is the answer?\n").run();
    check_eq!(run.stdout().trim(), "42", "what it prints");
    check_eq!(run.exit_code(), Some(0), "the exit code");
    run.check_that_nothing_is_left();
}
