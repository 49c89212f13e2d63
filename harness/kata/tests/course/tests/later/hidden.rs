//! The hidden tests.

use kata_test::prelude::*;
use tokio::time::Instant;

#[kata_test::test]
async fn answers() {
    check_eq!(later::later().await, 42);
}

#[kata_test::test]
async fn takes_two_seconds() {
    let start = Instant::now();
    later::later().await;
    check_eq!(start.elapsed(), secs(2), "waiting for the answer");
}
