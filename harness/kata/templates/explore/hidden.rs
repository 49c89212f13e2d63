//! What `Tickets` must do, under every schedule of the threads that ask.

use std::{sync::Arc, thread};

use {{crate}}::Tickets;
use kata_test::prelude::*;

#[kata_test::test]
fn numbers_begin_with_one() {
    let tickets = Tickets::new();
    check_eq!([tickets.next(), tickets.next()], [1, 2], "the first two numbers");
}

#[kata_test::test]
fn no_number_is_given_twice() {
    let tickets = Arc::new(Tickets::new());
    let theirs = Arc::clone(&tickets);
    let other = thread::spawn(move || theirs.next());
    let mine = tickets.next();
    let mut both = [mine, other.join().expect("next() does not panic")];
    both.sort_unstable();
    check_eq!(both, [1, 2], "the numbers that two threads got");
}
