//! What `process` must do: all of the work, and never too much of it in one go.

use std::{
    cell::{Cell, RefCell},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering::SeqCst},
    },
};

use cooperate::process;
use kata_test::prelude::*;
use tokio::{task::yield_now, time::Instant};

/// A step that is a unit of work.
fn squared(n: u64) -> u64 {
    work(1);
    n * n
}

#[kata_test::test]
async fn each_item_has_its_result() {
    for (items, at_once) in [(0, 1), (1, 1), (10, 3), (9, 3), (10, 100)] {
        let got = process((0..items).collect(), at_once, squared).await;
        let expected: Vec<u64> = (0..items).map(|n| n * n).collect();
        check_eq!(got, expected, "{items} items, {at_once} at once");
    }
    let order = RefCell::new(Vec::new());
    process(vec![5, 3, 4], 2, |n| order.borrow_mut().push(n)).await;
    check_eq!(order.into_inner(), [5, 3, 4], "the order of the steps");
}

#[kata_test::test]
async fn never_more_than_agreed_in_one_go() {
    for (items, at_once) in [(1000, 50), (1000, 7), (20, 1)] {
        // What was done before is not theirs.
        yield_now().await;
        loop_budget(at_once);
        let heartbeat = heartbeat();
        let done = process((0..items).collect(), at_once as usize, squared).await;
        check_eq!(done.len() as u64, items, "results of {items} items");
        heartbeat.check_worst_gap(at_once, "many items");
    }
    // What is left of one call and what begins the next come together.
    yield_now().await;
    loop_budget(4);
    let heartbeat = heartbeat();
    for _ in 0..3 {
        check_eq!(
            process((0..7).collect(), 4, squared).await.len(),
            7,
            "results of 7 items"
        );
    }
    heartbeat.check_worst_gap(4, "three calls in a row, of 7 items each");
}

#[kata_test::test]
async fn a_neighbour_has_its_turns() {
    let over = Arc::new(AtomicBool::new(false));
    let is_over = Arc::clone(&over);
    let neighbour = tokio::spawn(async move {
        let mut turns = 0;
        while !is_over.load(SeqCst) {
            turns += 1;
            yield_now().await;
        }
        turns
    });
    process((0..1000).collect(), 10, squared).await;
    over.store(true, SeqCst);
    let turns: u32 = neighbour.await.expect("it does not panic");
    check!(
        turns >= 99,
        "1000 items, 10 at once: another task had {turns} turns meanwhile, and 99 were to be expected"
    );
}

#[kata_test::test]
async fn several_share_the_loop() {
    loop_budget(20);
    let tasks: Vec<_> = (0..3)
        .map(|_| tokio::spawn(async { process((0..200).collect(), 20, squared).await.len() }))
        .collect();
    let mut done = Vec::new();
    for task in tasks {
        done.push(task.await.expect("a step does not panic"));
    }
    check_eq!(done, [200; 3], "three tasks of 200 items each");
}

#[kata_test::test]
async fn it_waits_for_no_time_to_pass() {
    let (start, steps) = (Instant::now(), Cell::new(0));
    process(vec![(); 1000], 10, |()| steps.set(steps.get() + 1)).await;
    check_eq!(steps.get(), 1000, "steps for 1000 items");
    check_eq!(
        start.elapsed(),
        Duration::ZERO,
        "time that 1000 items spend asleep, 10 at once"
    );
}
