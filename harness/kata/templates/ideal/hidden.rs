//! What `total` must do, and how much of its work overlaps.

use {{crate}}::total;
use kata_test::prelude::*;

#[kata_test::test]
fn it_adds_up() {
    check_eq!(total(&[1, 2, 3], |n| n * n), 14, "the squares of 1, 2 and 3");
    check_eq!(total(&[], |n| n), 0, "no numbers");
}

#[kata_test::test]
fn both_halves_are_done_at_once() {
    let numbers = [1; 100];
    let measured = measure(|| {
        total(&numbers, |n| {
            work(10);
            n
        })
    });
    check_eq!(measured.value, 100, "the sum of a hundred ones");
    measured.check_parallelism(1.9, "a hundred numbers on two threads");
}
