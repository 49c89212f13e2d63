//! Tests to run while you work: `cargo test -p {{slug}}`. `kata check` runs more.

use {{crate}}::Tickets;

#[test]
fn numbers_begin_with_one() {
    let tickets = Tickets::new();
    assert_eq!(tickets.next(), 1);
    assert_eq!(tickets.next(), 2);
}
