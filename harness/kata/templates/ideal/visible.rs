//! Tests to run while you work: `cargo test -p {{slug}}`. `kata check` runs more.

use {{crate}}::total;

#[test]
fn it_adds_up() {
    assert_eq!(total(&[1, 2, 3], |n| n * n), 14);
}
