//! What `greet` must do, on a clock that stands still until everything waits. The delays are short because
//! code that blocks its thread takes them in real time.

use greet::greet;
use kata_test::prelude::*;
use tokio::time::{Instant, sleep};

#[kata_test::test]
async fn it_greets_by_name() {
    check_eq!(greet("Ada", millis(10)).await, "Hello, Ada!");
    check_eq!(greet("Grace", millis(10)).await, "Hello, Grace!");
}

#[kata_test::test]
async fn it_takes_exactly_the_delay() {
    for delay in [millis(250), millis(1_250)] {
        let start = Instant::now();
        greet("Ada", delay).await;
        check_eq!(start.elapsed(), delay, "a greeting with a delay of {delay:?}");
    }
}

#[kata_test::test]
async fn two_greetings_wait_at_the_same_time() {
    let start = Instant::now();
    let greetings = tokio::join!(greet("Ada", millis(200)), greet("Grace", millis(300)));
    check_eq!(
        start.elapsed(),
        millis(300),
        "greetings of 200 ms and 300 ms, joined"
    );
    check_eq!(greetings, ("Hello, Ada!".to_owned(), "Hello, Grace!".to_owned()));
}

#[kata_test::test]
async fn it_starts_when_it_is_awaited() {
    let greeting = greet("Ada", millis(200));
    sleep(millis(500)).await;
    let start = Instant::now();
    greeting.await;
    check_eq!(
        start.elapsed(),
        millis(200),
        "a greeting of 200 ms, made half a second before it is awaited"
    );
}

#[kata_test::test]
async fn no_delay_takes_no_time() {
    sleep(millis(5)).await;
    let start = Instant::now();
    greet("Ada", Duration::ZERO).await;
    check_eq!(start.elapsed(), Duration::ZERO, "a greeting with no delay");
}
