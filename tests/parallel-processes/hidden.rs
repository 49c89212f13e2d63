//! What the program prints, and what its processes do.

use kata_test::prelude::*;

/// Eight jobs that are large enough for the work to be seen beside what it takes to start a process.
const JOBS: [u64; 8] = [12; 8];

#[kata_test::test]
fn it_adds_up() {
    let run = program().args([3, 1, 2, 3, 4, 5]).run();
    check_eq!(run.exit_code(), Some(0), "the exit code with 3 children and the jobs 1 2 3 4 5");
    check_eq!(run.stdout().trim(), "55", "what is printed with 3 children and the jobs 1 2 3 4 5");
    let one = program().args([1, 7]).run();
    check_eq!(one.stdout().trim(), "49", "what is printed with 1 child and the job 7");
}

#[kata_test::test]
fn the_children_do_the_work() {
    let run = program().arg(4).args(JOBS).run();
    check_eq!(run.stdout().trim(), "1152", "what is printed with 4 children and 8 jobs of 12 units");
    check!(
        run.share_of_children() > 0.75,
        "with 4 children and 8 jobs of 12 units, the program's own process did a good part of the work"
    );
}

#[kata_test::test]
fn they_work_at_once() {
    let run = program().arg(4).args(JOBS).run();
    check_eq!(run.exit_code(), Some(0), "the exit code with 4 children and 8 jobs");
    check_eq!(run.most_alive_at_once(), 4, "how many children were alive at once, of 4 for 8 jobs");
}

#[kata_test::test]
fn the_work_is_shared_out() {
    let run = program().arg(4).args(JOBS).run();
    check!(run.descendants() >= 4, "4 children were to do 8 jobs, and fewer were started");
    check!(
        run.share_of_busiest_child() < 0.5,
        "with 4 children and 8 jobs of 12 units, one child did more than half of all the work"
    );
}

#[kata_test::test]
fn never_more_than_are_asked_for() {
    let two = program().arg(2).args([1; 6]).run();
    check_eq!(two.most_alive_at_once(), 2, "how many children were alive at once, of 2 for 6 jobs");
    let few = program().args([8, 1, 1, 1]).run();
    check_eq!(few.descendants(), 3, "how many children were started for 3 jobs, where 8 may be");
    let none = program().arg(4).run();
    check_eq!(none.descendants(), 0, "how many children were started for no jobs");
    check_eq!(none.stdout().trim(), "0", "what is printed for no jobs");
    check_eq!(none.exit_code(), Some(0), "the exit code for no jobs");
}

#[kata_test::test]
fn a_child_that_fails_is_an_error() {
    for jobs in [[0, 1, 2, 3], [1, 2, 3, 0]] {
        let run = program().arg(2).args(jobs).run();
        check_eq!(run.exit_code(), Some(1), "the exit code with 2 children and the jobs {jobs:?}");
        check_eq!(run.stdout(), "", "what is printed with 2 children and the jobs {jobs:?}");
        check!(
            !run.stderr().trim().is_empty(),
            "nothing is said on standard error, with 2 children and the jobs {jobs:?}"
        );
    }
}

#[kata_test::test]
fn each_child_is_waited_for() {
    let run = program().args([3, 1, 1, 1]).run();
    check!(run.descendants() >= 3, "3 children were to do 3 jobs, and fewer were started");
    run.check_that_nothing_is_left();
    let failed = program().args([4, 0, 5, 5, 5]).run();
    failed.check_that_nothing_is_left();
}
