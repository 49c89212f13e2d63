//! What a `Counter` must do. The tests with threads are run under every schedule of them, so they are small:
//! what goes wrong with a thousand threads goes wrong with three.

use std::sync::Arc;
use std::thread;

use kata_test::prelude::*;
use lost_update::Counter;

/// Lets `threads` of them count `times` each, and gives all the numbers that they got, in ascending order.
fn count(counter: &Arc<Counter>, threads: usize, times: usize) -> Vec<u64> {
    let handles: Vec<_> = (0..threads)
        .map(|_| Arc::clone(counter))
        .map(|counter| thread::spawn(move || (0..times).map(|_| counter.increment()).collect()))
        .collect();
    let mut numbers = Vec::new();
    for handle in handles {
        let of_one: Vec<u64> = handle.join().expect("increment does not panic");
        numbers.extend(of_one);
    }
    numbers.sort_unstable();
    numbers
}

#[kata_test::test]
fn a_new_counter_is_at_zero() {
    check_eq!(Counter::new().value(), 0, "the value of a new counter");
}

#[kata_test::test]
fn one_thread_counts() {
    let counter = Counter::new();
    let numbers = [counter.increment(), counter.increment(), counter.increment()];
    check_eq!(numbers, [1, 2, 3], "what three increments returned");
    check_eq!(counter.value(), 3, "the value after three increments");
    check_eq!(counter.value(), 3, "the value, asked for once more");
}

#[kata_test::test]
fn each_counter_counts_for_itself() {
    let (one, other) = (Counter::new(), Counter::new());
    one.increment();
    check_eq!(other.value(), 0, "a counter, while another one counts");
}

#[kata_test::test]
fn no_update_is_lost() {
    let counter = Arc::new(Counter::new());
    count(&counter, 2, 1);
    check_eq!(counter.value(), 2, "two threads that counted once each");
}

#[kata_test::test]
fn every_number_is_given_once() {
    let counter = Arc::new(Counter::new());
    let numbers = count(&counter, 2, 1);
    check_eq!(numbers, [1, 2], "the numbers that two threads got");
}

#[kata_test::test]
fn three_threads_count_twice() {
    let counter = Arc::new(Counter::new());
    let numbers = count(&counter, 3, 2);
    check_eq!(counter.value(), 6, "three threads that counted twice each");
    check_eq!(numbers, [1, 2, 3, 4, 5, 6], "the numbers that three threads got");
}
