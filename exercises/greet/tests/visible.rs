//! Tests to run while you work: `cargo test -p greet`. `kata check` runs more.
//!
//! They run on a stopped clock (`start_paused`), so two seconds pass at once, and exactly.

use std::time::Duration;

use greet::greet;
use tokio::time::Instant;

#[tokio::test(start_paused = true)]
async fn it_greets_by_name() {
    assert_eq!(greet("Ada", Duration::ZERO).await, "Hello, Ada!");
}

#[tokio::test(start_paused = true)]
async fn it_waits_as_long_as_it_is_told() {
    let start = Instant::now();
    greet("Ada", Duration::from_secs(2)).await;
    assert_eq!(start.elapsed(), Duration::from_secs(2));
}
