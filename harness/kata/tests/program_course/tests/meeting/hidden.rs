//! Who is alive at once, and what is left.

use kata_test::prelude::*;

#[kata_test::test]
fn two_meet() {
    let run = program().arg("meet").run();
    check_eq!(run.stdout().trim(), "they have met", "what it prints");
    check_eq!(run.exit_code(), Some(0), "the exit code");
    check_eq!(run.descendants(), 2, "how many processes it starts");
    check_eq!(run.most_alive_at_once(), 2, "how many of them are alive at once");
    run.check_that_nothing_is_left();
}
