//! What `gather` must do, on a clock that stands still until everything waits.

use std::future::Ready;

use gather::gather;
use kata_test::prelude::*;
use tokio::time::{Instant, sleep, timeout};

/// What a job ends with.
type Ended = Result<u32, &'static str>;

fn ok(value: u32) -> Ended {
    Ok(value)
}

#[kata_test::test]
async fn it_takes_the_longest_and_not_the_sum() {
    let jobs = Jobs::new();
    let start = Instant::now();
    let got = gather(vec![
        jobs.job(secs(1), ok(10)),
        jobs.job(secs(2), ok(20)),
        jobs.job(secs(3), ok(30)),
    ])
    .await;
    check_eq!(got, Ok(vec![10, 20, 30]), "jobs of 1 s, 2 s and 3 s");
    check_eq!(start.elapsed(), secs(3), "jobs of 1 s, 2 s and 3 s, all at once");
}

#[kata_test::test]
async fn a_hundred_run_at_once() {
    let jobs = Jobs::new();
    let start = Instant::now();
    let got = gather((0..100).map(|n| jobs.job(secs(1), ok(n))).collect()).await;
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
    let jobs = Jobs::new();
    let got = gather(vec![
        jobs.job(secs(3), ok(10)),
        jobs.job(secs(1), ok(20)),
        jobs.job(secs(2), ok(30)),
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
    let jobs = Jobs::new();
    let start = Instant::now();
    let got = gather(vec![
        jobs.job(secs(1), ok(10)),
        jobs.job(secs(2), Err("refused")),
        jobs.job(secs(5), ok(30)),
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
    let jobs = Jobs::new();
    let start = Instant::now();
    let got = gather(vec![
        jobs.job(secs(3), Err("late")),
        jobs.job(secs(2), ok(20)),
        jobs.job(secs(1), Err("early")),
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
    let jobs = Jobs::new();
    let got = gather(vec![
        jobs.job(secs(2), ok(10)),
        jobs.job(secs(1), Err("refused")),
        jobs.job(secs(3), ok(30)),
    ])
    .await;
    check_eq!(got, Err("refused"), "the second of three jobs fails");
    // Time enough for whatever still runs.
    sleep(secs(10)).await;
    check_eq!(
        jobs.done().len(),
        1,
        "jobs that got to their end, with one that fails after 1 s and two that take longer"
    );
}

#[kata_test::test]
async fn giving_up_on_gather_cancels_them_all() {
    let jobs = Jobs::new();
    let all = vec![jobs.job(secs(2), ok(10)), jobs.job(secs(3), ok(20))];
    let got = timeout(secs(1), gather(all)).await;
    check!(got.is_err(), "jobs of 2 s and 3 s were done within 1 s");
    // Time enough for whatever still runs.
    sleep(secs(10)).await;
    check_eq!(
        jobs.done().len(),
        0,
        "jobs of 2 s and 3 s that got to their end, although gather was dropped after 1 s"
    );
}
