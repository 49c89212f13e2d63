//! Tests to run while you work: `cargo test -p cooperate`. `kata check` runs more.

use std::cell::Cell;

use cooperate::process;
use tokio::task::yield_now;

#[tokio::test]
async fn each_item_has_its_result() {
    assert_eq!(process(vec![1, 2, 3, 4], 2, |n| n * n).await, [1, 4, 9, 16]);
}

#[tokio::test]
async fn the_neighbour_has_turns() {
    let (steps, is_over) = (Cell::new(0), Cell::new(false));
    let work = async {
        process(vec![(); 1000], 10, |()| steps.set(steps.get() + 1)).await;
        is_over.set(true);
    };
    let neighbour = async {
        let mut turns = 0;
        while !is_over.get() {
            turns += 1;
            yield_now().await;
        }
        turns
    };
    let ((), turns) = tokio::join!(work, neighbour);
    assert!(turns >= 100, "{turns} turns during {} steps", steps.get());
}
