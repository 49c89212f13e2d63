//! What `both` must do, in virtual time.

use {{crate}}::both;
use kata_test::prelude::*;
use tokio::time::{Instant, sleep};

/// Waits so long, from its first poll on. (A `Sleep` counts from when it is made.)
async fn wait(seconds: u64) {
    sleep(secs(seconds)).await;
}

#[kata_test::test]
async fn it_takes_as_long_as_the_longer_one() {
    for (a, b) in [(1, 3), (3, 1)] {
        let start = Instant::now();
        both(wait(a), wait(b)).await;
        check_eq!(start.elapsed(), secs(3), "one of {a} s and one of {b} s");
    }
}

#[kata_test::test]
async fn results_keep_their_places() {
    let slow = async {
        wait(1).await;
        "slow"
    };
    check_eq!(both(slow, async { "fast" }).await, ("slow", "fast"), "the slow one first");
}
