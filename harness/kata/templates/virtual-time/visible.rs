//! Tests to run while you work: `cargo test -p {{slug}}`. `kata check` runs more.

use {{crate}}::both;

#[tokio::test]
async fn both_results_come_back() {
    assert_eq!(both(async { 1 }, async { "two" }).await, (1, "two"));
}
