//! What `elsewhere` must do.

use std::thread;

use {{crate}}::elsewhere;
use kata_test::prelude::*;

#[kata_test::test]
fn it_returns_the_result() {
    check_eq!(elsewhere(|| 6 * 7), 42, "a job that computes 6 * 7");
}

#[kata_test::test]
fn it_runs_on_another_thread() {
    let here = thread::current().id();
    let there = elsewhere(|| thread::current().id());
    check!(there != here, "the job ran on the thread of its caller");
}
