//! Tests to run while you work: `cargo test -p {{slug}}`. `kata check` runs more.

use {{crate}}::elsewhere;

#[test]
fn it_returns_the_result() {
    assert_eq!(elsewhere(|| 6 * 7), 42);
}
