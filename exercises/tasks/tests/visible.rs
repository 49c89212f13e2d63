//! Tests to run while you work: `cargo test -p tasks`. `kata check` runs more.
//!
//! They run on a stopped clock (`start_paused`), so three seconds pass at once, and exactly.

use std::time::Duration;

use tasks::run_all;
use tokio::time::sleep;

async fn job(seconds: u64) -> u64 {
    sleep(Duration::from_secs(seconds)).await;
    seconds
}

#[tokio::test(start_paused = true)]
async fn whoever_ends_first_is_told_first() {
    let mut told = Vec::new();
    run_all(vec![job(3), job(1), job(2)], |place, end| told.push((place, end))).await;
    assert_eq!(told, [(1, Ok(1)), (2, Ok(2)), (0, Ok(3))]);
}
