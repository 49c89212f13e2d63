//! What `gather` must do, on a clock that stands still until everything waits.

use std::future::Ready;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use gather::gather;
use kata_test::prelude::*;
use tokio::time::{Instant, sleep, timeout};

/// Waits `delay`, then ends with `result`.
async fn job(delay: Duration, result: Result<u32, &'static str>) -> Result<u32, &'static str> {
    sleep(delay).await;
    result
}

/// Waits `delay`, leaves a mark that it got so far, then ends with `result`.
async fn marking_job(
    delay: Duration,
    result: Result<u32, &'static str>,
    marks: Arc<AtomicU32>,
) -> Result<u32, &'static str> {
    sleep(delay).await;
    marks.fetch_add(1, Ordering::SeqCst);
    result
}

#[kata_test::test]
async fn it_takes_the_longest_and_not_the_sum() {
    let start = Instant::now();
    let got = gather(vec![
        job(secs(1), Ok(10)),
        job(secs(2), Ok(20)),
        job(secs(3), Ok(30)),
    ])
    .await;
    check_eq!(got, Ok(vec![10, 20, 30]), "jobs of 1 s, 2 s and 3 s");
    check_eq!(start.elapsed(), secs(3), "jobs of 1 s, 2 s and 3 s, all at once");
}

#[kata_test::test]
async fn a_hundred_run_at_once() {
    let start = Instant::now();
    let got = gather((0..100).map(|n| job(secs(1), Ok(n))).collect()).await;
    check_eq!(
        start.elapsed(),
        secs(1),
        "a hundred jobs of 1 s each, all at once"
    );
    let results = got.map(|results| results.len());
    check_eq!(results, Ok(100), "results of a hundred jobs");
}

#[kata_test::test]
async fn results_keep_the_order_of_the_input() {
    let got = gather(vec![
        job(secs(3), Ok(10)),
        job(secs(1), Ok(20)),
        job(secs(2), Ok(30)),
    ])
    .await;
    check_eq!(got, Ok(vec![10, 20, 30]), "the first job ends last");
}

#[kata_test::test]
async fn an_empty_input_gives_an_empty_list() {
    let nothing: Vec<Ready<Result<u32, &str>>> = Vec::new();
    let start = Instant::now();
    // With its type: what only compares equal to a result is another signature.
    let got: Result<Vec<u32>, &str> = gather(nothing).await;
    check_eq!(got, Ok(vec![]));
    check_eq!(start.elapsed(), Duration::ZERO, "nothing to wait for");
}

#[kata_test::test]
async fn an_error_comes_back_at_its_moment() {
    let start = Instant::now();
    let got = gather(vec![
        job(secs(1), Ok(10)),
        job(secs(2), Err("refused")),
        job(secs(5), Ok(30)),
    ])
    .await;
    check_eq!(got, Err("refused"), "the second of three jobs fails");
    check_eq!(
        start.elapsed(),
        secs(2),
        "jobs of 1 s, 2 s and 5 s, of which the second fails"
    );
}

#[kata_test::test]
async fn the_first_failure_in_time_wins() {
    let start = Instant::now();
    let got = gather(vec![
        job(secs(3), Err("late")),
        job(secs(2), Ok(20)),
        job(secs(1), Err("early")),
    ])
    .await;
    check_eq!(
        got,
        Err("early"),
        "the first job fails after 3 s, the last after 1 s"
    );
    check_eq!(start.elapsed(), secs(1), "the last job fails after 1 s");
}

#[kata_test::test]
async fn an_error_cancels_the_others() {
    let marks = Arc::new(AtomicU32::new(0));
    let got = gather(vec![
        marking_job(secs(2), Ok(10), Arc::clone(&marks)),
        marking_job(secs(1), Err("refused"), Arc::clone(&marks)),
        marking_job(secs(3), Ok(30), Arc::clone(&marks)),
    ])
    .await;
    check_eq!(got, Err("refused"), "the second of three jobs fails");
    // Time enough for whatever still runs.
    sleep(secs(10)).await;
    check_eq!(
        marks.load(Ordering::SeqCst),
        1,
        "jobs that got to their end, with one that fails after 1 s and two that take longer"
    );
}

#[kata_test::test]
async fn giving_up_on_gather_cancels_them_all() {
    let marks = Arc::new(AtomicU32::new(0));
    let jobs = vec![
        marking_job(secs(2), Ok(10), Arc::clone(&marks)),
        marking_job(secs(3), Ok(20), Arc::clone(&marks)),
    ];
    let got = timeout(secs(1), gather(jobs)).await;
    check!(got.is_err(), "jobs of 2 s and 3 s were done within 1 s");
    // Time enough for whatever still runs.
    sleep(secs(10)).await;
    check_eq!(
        marks.load(Ordering::SeqCst),
        0,
        "jobs of 2 s and 3 s that got to their end, although gather was dropped after 1 s"
    );
}
