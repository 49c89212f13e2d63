//! Tests to run while you work: `cargo test -p gather`. `kata check` runs more.
//!
//! They run on a stopped clock (`start_paused`), so three seconds pass at once, and exactly.

use std::time::Duration;

use gather::gather;
use tokio::time::{Instant, sleep};

/// Waits, then ends with `result`.
async fn job(seconds: u64, result: Result<u32, &'static str>) -> Result<u32, &'static str> {
    sleep(Duration::from_secs(seconds)).await;
    result
}

#[tokio::test(start_paused = true)]
async fn it_takes_the_longest_and_not_the_sum() {
    let start = Instant::now();
    let got = gather(vec![job(1, Ok(10)), job(2, Ok(20)), job(3, Ok(30))]).await;
    assert_eq!(got, Ok(vec![10, 20, 30]));
    assert_eq!(start.elapsed(), Duration::from_secs(3));
}

#[tokio::test(start_paused = true)]
async fn an_error_comes_back() {
    let got = gather(vec![job(1, Ok(10)), job(2, Err("refused"))]).await;
    assert_eq!(got, Err("refused"));
}
