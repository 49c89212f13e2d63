//! What a `Buffer` must do, under every schedule of those who push and pop, with awakenings for no reason among
//! them.

use std::iter;
use std::panic;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread::{self, JoinHandle};

use bounded_buffer::Buffer;
use kata_test::prelude::*;

/// What is pushed: it can be neither copied nor made from nothing.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Item(u32);

fn buffer(capacity: usize) -> Arc<Buffer<Item>> {
    Arc::new(Buffer::new(capacity))
}

/// Does `work` with the buffer on a thread of its own, which has a name.
fn at_once<T: Send + 'static>(
    name: &str,
    buffer: &Arc<Buffer<Item>>,
    work: impl FnOnce(&Buffer<Item>) -> T + Send + 'static,
) -> JoinHandle<T> {
    let buffer = Arc::clone(buffer);
    let thread = thread::Builder::new().name(name.to_owned());
    thread
        .spawn(move || work(&buffer))
        .expect("there is room for a few threads")
}

/// A buffer that is full: with the items from 1 to its capacity.
fn filled(capacity: u32) -> Arc<Buffer<Item>> {
    let buffer = buffer(capacity as usize);
    for n in 1..=capacity {
        check_eq!(
            buffer.push(Item(n)),
            Ok(()),
            "a push, with room for {capacity} and {} in",
            n - 1
        );
    }
    buffer
}

/// A thread that pushes one item.
fn producer(buffer: &Arc<Buffer<Item>>, n: u32) -> JoinHandle<Result<(), Item>> {
    at_once(&format!("producer of {n}"), buffer, move |buffer| {
        buffer.push(Item(n))
    })
}

fn ended<T>(thread: JoinHandle<T>) -> T {
    thread
        .join()
        .unwrap_or_else(|panicked| panic::resume_unwind(panicked))
}

/// What two threads got, in ascending order.
fn both(threads: [JoinHandle<Option<Item>>; 2]) -> [Option<Item>; 2] {
    let mut got = threads.map(ended);
    got.sort_unstable();
    got
}

#[kata_test::test]
fn one_thread_fills_and_empties() {
    let buffer = buffer(2);
    check_eq!(buffer.push(Item(1)), Ok(()), "the first push, with room for 2");
    check_eq!(buffer.push(Item(2)), Ok(()), "the second push, with room for 2");
    check_eq!(buffer.pop(), Some(Item(1)), "the first pop, after 1 and 2");
    check_eq!(buffer.push(Item(3)), Ok(()), "a push, with 1 of 2 in");
    check_eq!(buffer.pop(), Some(Item(2)), "the second pop, after 1, 2 and 3");
    check_eq!(buffer.pop(), Some(Item(3)), "the third pop, after 1, 2 and 3");
}

#[kata_test::test]
fn a_closed_buffer_is_emptied() {
    let buffer = buffer(3);
    for n in [1, 2] {
        check_eq!(buffer.push(Item(n)), Ok(()), "a push, with room for 3");
    }
    buffer.close();
    check_eq!(
        buffer.push(Item(3)),
        Err(Item(3)),
        "a push into a closed buffer with 2 of 3 in"
    );
    check_eq!(
        buffer.pop(),
        Some(Item(1)),
        "the first pop after close, with 1 and 2 in"
    );
    check_eq!(
        buffer.pop(),
        Some(Item(2)),
        "the second pop after close, with 2 in"
    );
    check_eq!(buffer.pop(), None, "the third pop after close, with nothing in");
    buffer.close();
    check_eq!(
        buffer.pop(),
        None,
        "a pop from an empty buffer that was closed twice"
    );
    check_eq!(
        buffer.push(Item(4)),
        Err(Item(4)),
        "a push into a buffer that was closed twice"
    );
}

#[kata_test::test]
fn a_full_buffer_takes_no_more() {
    let buffer = buffer(1);
    let pushed = Arc::new(AtomicU32::new(0));
    let returned = Arc::clone(&pushed);
    let producer = at_once("the producer", &buffer, move |buffer| {
        [1, 2].map(|n| {
            let result = buffer.push(Item(n));
            returned.fetch_add(1, Ordering::SeqCst);
            result
        })
    });
    let before = pushed.load(Ordering::SeqCst);
    let popped = [buffer.pop(), buffer.pop()];
    check!(
        before <= 1,
        "with room for 1, {before} pushes have returned before the first pop began"
    );
    check_eq!(
        popped,
        [Some(Item(1)), Some(Item(2))],
        "what was popped, of 1 and 2"
    );
    check_eq!(ended(producer), [Ok(()), Ok(())], "what the two pushes returned");
}

#[kata_test::test]
fn two_who_pop() {
    let buffer = buffer(1);
    let consumers = ["consumer 1", "consumer 2"].map(|name| at_once(name, &buffer, Buffer::pop));
    check_eq!(buffer.push(Item(1)), Ok(()), "a push, with room for 1");
    check_eq!(buffer.push(Item(2)), Ok(()), "another push, with room for 1");
    check_eq!(
        both(consumers),
        [Some(Item(1)), Some(Item(2))],
        "what two threads popped, of 1 and 2"
    );
}

#[kata_test::test]
fn two_who_push() {
    let buffer = buffer(1);
    let producers = [1, 2].map(|n| producer(&buffer, n));
    buffer.close();
    let mut popped: Vec<Item> = iter::from_fn(|| buffer.pop()).collect();
    popped.sort_unstable();
    let pushed: Vec<Item> = [1, 2]
        .into_iter()
        .zip(producers.map(ended))
        .filter_map(|(n, result)| result.is_ok().then_some(Item(n)))
        .collect();
    check!(
        pushed.len() <= 1,
        "with room for 1, {} pushes have returned Ok before the buffer was closed, and before the first pop began",
        pushed.len()
    );
    check_eq!(
        popped,
        pushed,
        "what was popped until None, of what was pushed with Ok while the buffer was being closed"
    );
}

#[kata_test::test]
fn every_item_wakes_somebody() {
    let buffer = buffer(2);
    let consumers = ["consumer 1", "consumer 2"].map(|name| at_once(name, &buffer, Buffer::pop));
    check_eq!(buffer.push(Item(1)), Ok(()), "a push, with room for 2");
    check_eq!(buffer.push(Item(2)), Ok(()), "another push, with room for 2");
    check_eq!(
        both(consumers),
        [Some(Item(1)), Some(Item(2))],
        "what two threads popped, of 1 and 2"
    );
}

#[kata_test::test]
fn all_room_is_used() {
    let buffer = filled(2);
    let producers = [3, 4].map(|n| producer(&buffer, n));
    let first = [buffer.pop(), buffer.pop()];
    check_eq!(
        first,
        [Some(Item(1)), Some(Item(2))],
        "what was popped first, of 1 and 2"
    );
    check_eq!(
        producers.map(ended),
        [Ok(()), Ok(())],
        "what the pushes of 3 and of 4 returned"
    );
    let mut then = [buffer.pop(), buffer.pop()];
    then.sort_unstable();
    check_eq!(
        then,
        [Some(Item(3)), Some(Item(4))],
        "what was popped then, of 3 and 4"
    );
}

#[kata_test::test]
fn closing_wakes_those_who_pop() {
    let last = buffer(1);
    let producer = at_once("the producer", &last, |buffer| {
        let pushed = buffer.push(Item(1));
        buffer.close();
        pushed
    });
    let popped = [last.pop(), last.pop()];
    check_eq!(
        popped,
        [Some(Item(1)), None],
        "what was popped, where 1 is pushed before close"
    );
    check_eq!(ended(producer), Ok(()), "what the push before close returned");

    let empty = buffer(1);
    let consumers = ["consumer 1", "consumer 2"].map(|name| at_once(name, &empty, Buffer::pop));
    empty.close();
    check_eq!(
        both(consumers),
        [None, None],
        "what two threads popped, of nothing"
    );
}

#[kata_test::test]
fn closing_wakes_those_who_push() {
    let buffer = filled(1);
    let producers = [2, 3].map(|n| producer(&buffer, n));
    buffer.close();
    check_eq!(
        producers.map(ended),
        [Err(Item(2)), Err(Item(3))],
        "what the pushes of 2 and of 3 returned, where 1 fills the buffer until it is closed"
    );
}

#[kata_test::test]
fn nothing_gets_in_after_close() {
    let buffer = filled(1);
    let producers = [2, 3].map(|n| producer(&buffer, n));
    buffer.close();
    check_eq!(
        buffer.pop(),
        Some(Item(1)),
        "the first pop after close, with 1 in"
    );
    check_eq!(
        producers.map(ended),
        [Err(Item(2)), Err(Item(3))],
        "what the pushes of 2 and of 3 returned, where the buffer is full until it is closed, and has room then"
    );
    check_eq!(buffer.pop(), None, "the second pop after close, with nothing in");
}
