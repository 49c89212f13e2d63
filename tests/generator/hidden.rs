//! What `Runs` must do. Its input counts how often it is asked.

use std::cell::Cell;
use std::iter;
use std::rc::Rc;

use generator::{Run, Runs, State};
use kata_test::prelude::*;

/// What is compared and moved, and can be neither copied nor cloned.
#[derive(PartialEq, Eq)]
struct Item(char);

/// The characters of a text, and how often they were asked for. Behind the first `None` there is one more.
fn counted(text: &'static str) -> (impl Iterator<Item = Item>, Rc<Cell<usize>>) {
    let asked = Rc::new(Cell::new(0));
    let mut characters = text.chars().map(Some).chain([None, Some('!')]);
    let count = Rc::clone(&asked);
    let input = iter::from_fn(move || {
        count.set(count.get() + 1);
        characters.next().flatten().map(Item)
    });
    (input, asked)
}

/// What a generator said, for people.
fn told(said: State<Run<Item>, usize>) -> String {
    match said {
        State::Yielded(Run { item, length }) => format!("{}×{length}", item.0),
        State::Complete(items) => format!("complete with {items}"),
    }
}

/// What a generator for an input that ends once and for all says, as often as it is resumed.
fn said(text: &'static str, times: usize) -> String {
    let mut runs = Runs::new(counted(text).0.fuse());
    let said: Vec<String> = iter::repeat_with(|| told(runs.resume())).take(times).collect();
    said.join(", ")
}

#[kata_test::test]
fn runs_come_in_order() {
    check_eq!(said("aabbb", 2), "a×2, b×3", "the first two resumes for `aabbb`");
    check_eq!(
        said("abbca", 4),
        "a×1, b×2, c×1, a×1",
        "the first four resumes for `abbca`"
    );
}

#[kata_test::test]
fn it_ends_with_the_number_of_items() {
    check_eq!(said("x", 2), "x×1, complete with 1", "two resumes for `x`");
    check_eq!(
        said("aabbb", 3),
        "a×2, b×3, complete with 5",
        "three resumes for `aabbb`"
    );
}

#[kata_test::test]
fn an_empty_input_is_complete_at_once() {
    check_eq!(
        said("", 2),
        "complete with 0, complete with 0",
        "two resumes for an input with nothing in it"
    );
}

#[kata_test::test]
fn nothing_is_read_before_it_is_resumed() {
    let (input, asked) = counted("aab");
    let mut runs = Runs::new(input);
    check_eq!(
        asked.get(),
        0,
        "how often the input was asked before the first resume"
    );
    check_eq!(told(runs.resume()), "a×2", "the first resume for `aab`");
}

#[kata_test::test]
fn it_reads_no_further_than_it_must() {
    let (input, asked) = counted("aabbbcd");
    let mut runs = Runs::new(input);
    let mut after = Vec::new();
    for expected in ["a×2", "b×3", "c×1"] {
        check_eq!(told(runs.resume()), expected, "a resume for `aabbbcd`");
        after.push(asked.get());
    }
    check_eq!(
        after,
        [3, 6, 7],
        "how often the input `aabbbcd` had been asked after each of the first three resumes"
    );
}

#[kata_test::test]
fn an_endless_input_is_no_trouble() {
    let mut asked = 0;
    let endless = iter::from_fn(|| {
        asked += 1;
        check!(
            asked <= 100,
            "for the first run of an endless input, the input was asked 100 times and more, where 4 are enough"
        );
        Some(Item(if asked <= 3 { 'a' } else { 'b' }))
    });
    let mut runs = Runs::new(endless);
    check_eq!(told(runs.resume()), "a×3", "the first run of an endless input");
}

#[kata_test::test]
fn the_end_stays_the_end() {
    let (input, asked) = counted("aab");
    let mut runs = Runs::new(input);
    for (tried, expected) in [
        ("first", "a×2"),
        ("second", "b×1"),
        ("third", "complete with 3"),
        ("fourth", "complete with 3"),
        ("fifth", "complete with 3"),
    ] {
        check_eq!(
            told(runs.resume()),
            expected,
            "the {tried} resume for `aab`, with an input that has an `!` for whoever asks it after its end"
        );
    }
    check_eq!(
        asked.get(),
        4,
        "how often the input `aab` was asked in five resumes: for 3 items and for the end"
    );
}

#[kata_test::test]
fn each_generator_has_its_own_state() {
    let mut one = Runs::new(counted("aab").0.fuse());
    let mut other = Runs::new(counted("xy").0.fuse());
    let mut said = Vec::new();
    for _ in 0..3 {
        said.push(told(one.resume()));
        said.push(told(other.resume()));
    }
    check_eq!(
        said.join(", "),
        "a×2, x×1, b×1, y×1, complete with 3, complete with 2",
        "`aab` and `xy`, resumed in turn"
    );
}
