use kata_test::prelude::*;
use sum::sum;

#[kata_test::test]
fn proved() {
    check_eq!(sum(4, |n| n), 6, "0 to 3");
}

#[kata_test::test]
fn bounded() {
    check_eq!(sum(4, |n| n), 6, "0 to 3");
}

#[kata_test::test]
fn sampled() {
    check_eq!(sum(4, |n| n), 6, "0 to 3");
}

#[kata_test::test]
fn cut_short() {
    check_eq!(sum(200, |_| 1), 200, "200 times 1");
}

#[kata_test::test]
fn shared() {
    let measured = measure(|| {
        sum(10, |n| {
            work(100);
            n
        })
    });
    check_eq!(measured.value, 45, "0 to 9");
    measured.check_parallelism(2.0, "ten numbers");
}

#[kata_test::test]
fn measures_where_nothing_is_measured() {
    measure(|| sum(2, |n| n));
}
