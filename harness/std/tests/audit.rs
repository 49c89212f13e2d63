//! The list of what std has (`api/items.txt`) against the facade, against the snippets, and against std's documentation.

#![allow(
    clippy::unwrap_used,
    reason = "in a test, a panic with its line is the message"
)]

mod items;
mod rustc;

use std::collections::BTreeMap;

use rustc::Rustc;

const ITEMS: &str = include_str!("api/items.txt");

/// The files of snippets, by their names in the list.
const SNIPPETS: [(&str, &str); 7] = [
    ("locks", include_str!("api/locks.rs")),
    ("once", include_str!("api/once.rs")),
    ("atomic", include_str!("api/atomic.rs")),
    ("channels", include_str!("api/channels.rs")),
    ("threads", include_str!("api/threads.rs")),
    ("references", include_str!("api/references.rs")),
    ("time_and_panics", include_str!("api/time_and_panics.rs")),
];

#[test]
fn every_item_is_there_but_for_those_that_are_left_out() {
    items::are_there(&Rustc::new(), ITEMS);
}

#[test]
fn every_item_is_in_a_snippet() {
    // Where several types have a function of the same name, it has to be there as often.
    let mut wanted: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for line in items::lines(ITEMS) {
        for (name, present) in line.names {
            *wanted.entry((line.snippets, name)).or_default() += usize::from(present);
        }
    }
    let missing: Vec<String> = wanted
        .into_iter()
        .filter(|((snippets, name), times)| uses(snippets, name) < *times)
        .map(|((snippets, name), times)| format!("{snippets}.rs: {name}, {times} times"))
        .collect();
    assert_eq!(missing, Vec::<String>::new());
}

/// How often a file of snippets has a word.
fn uses(snippets: &str, name: &str) -> usize {
    let (_, text) = SNIPPETS.iter().find(|(file, _)| *file == snippets).unwrap();
    let words = text.split(|letter: char| !letter.is_alphanumeric() && letter != '_');
    words.filter(|word| *word == name).count()
}

#[test]
fn nothing_of_the_documentation_is_missing_in_the_list() {
    items::are_documented(ITEMS);
}
