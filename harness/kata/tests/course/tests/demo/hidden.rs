//! The hidden tests.

use kata_test::prelude::*;

#[kata_test::test]
fn answers() {
    check_eq!(demo::answer(), 42);
}
