//! The list of what std has (`items.txt`) against the facade and against std's documentation.

#[path = "../../std/tests/items/mod.rs"]
mod items;
#[path = "../../std/tests/rustc/mod.rs"]
mod rustc;

use rustc::Rustc;

const ITEMS: &str = include_str!("items.txt");

#[test]
fn every_item_is_there_but_for_those_that_are_left_out() {
    items::are_there(&Rustc::of_async_code(), ITEMS);
}

#[test]
fn nothing_of_the_documentation_is_missing_in_the_list() {
    items::are_documented(ITEMS);
}
