//! What the program must print, and what its processes must do.

use kata_test::prelude::*;

#[kata_test::test]
fn it_prints_the_sum() {
    let run = program().arg(4).run();
    check_eq!(run.exit_code(), Some(0), "the exit code for 4");
    check_eq!(run.stdout().trim(), "30", "the sum of the first 4 squares");
}

#[kata_test::test]
fn children_work_at_once() {
    let run = program().arg(4).run();
    check_eq!(run.descendants(), 4, "the processes that the program started for 4");
    check_eq!(run.most_alive_at_once(), 4, "how many of them were alive at once");
}

#[kata_test::test]
fn each_child_is_waited_for() {
    let run = program().arg(3).run();
    check_eq!(run.descendants(), 3, "the processes that the program started for 3");
    run.check_that_nothing_is_left();
}
