//! What `run_all` must do, in virtual time and in every order of its tasks.

use std::{cell::RefCell, collections::BTreeSet};

use kata_test::prelude::*;
use tasks::{Failure, run_all};
use tokio::{
    task,
    time::{Instant, sleep, timeout},
};

async fn job(seconds: u64) -> u64 {
    sleep(secs(seconds)).await;
    seconds
}

/// Panics after so many seconds, unless it is told not to.
async fn perhaps(seconds: u64, panics: Option<&'static str>) -> u64 {
    sleep(secs(seconds)).await;
    match panics {
        Some("out of ink") => panic!("out of ink"),
        Some(what) => panic!("out of {what}"),
        None => seconds,
    }
}

fn failure(message: &str) -> Failure {
    Failure {
        message: message.to_owned(),
    }
}

#[kata_test::test]
async fn all_jobs_run_at_once() {
    let (jobs, start) = (Jobs::new(), Instant::now());
    let three = [3, 1, 2].map(|seconds| jobs.job(secs(seconds), seconds));
    run_all(three.into(), |_, _| ()).await;
    check_eq!(start.elapsed(), secs(3), "jobs of 3, 1 and 2 s");
    let (jobs, start) = (Jobs::new(), Instant::now());
    run_all((0..200).map(|_| jobs.job(secs(5), 5)).collect(), |_, _| ()).await;
    check_eq!(start.elapsed(), secs(5), "200 jobs of 5 s");
}

#[kata_test::test]
async fn each_end_is_told_when_it_comes() {
    let start = Instant::now();
    let told = RefCell::new(Vec::new());
    run_all(vec![job(3), job(1), job(2)], |place, end| {
        told.borrow_mut().push((place, end, start.elapsed().as_secs()));
    })
    .await;
    check_eq!(
        told.into_inner(),
        [(1, Ok(1), 1), (2, Ok(2), 2), (0, Ok(3), 3)],
        "who is told of, with what, and after how many seconds, of jobs of 3, 1 and 2 s"
    );
}

#[kata_test::test]
async fn a_panic_is_a_failure_of_its_job() {
    let start = Instant::now();
    let told = RefCell::new(Vec::new());
    let jobs = vec![
        perhaps(2, None),
        perhaps(1, Some("out of ink")),
        perhaps(3, Some("paper")),
    ];
    run_all(jobs, |place, end| {
        told.borrow_mut().push((place, end, start.elapsed().as_secs()));
    })
    .await;
    check_eq!(
        told.into_inner(),
        [
            (1, Err(failure("out of ink")), 1),
            (0, Ok(2), 2),
            (2, Err(failure("out of paper")), 3)
        ],
        "who is told of, with what, and after how many seconds, of three jobs of which two panic"
    );
}

#[kata_test::test]
async fn each_job_has_a_task_of_its_own() {
    let mut ids = BTreeSet::new();
    let ask = || async { task::try_id().map(|id| id.to_string()) };
    run_all(vec![ask(), ask(), ask()], |_, id| {
        ids.insert(id.ok().flatten());
    })
    .await;
    check!(!ids.contains(&None), "a job ran outside of any task");
    check_eq!(ids.len(), 3, "in how many tasks three jobs ran");
}

#[kata_test::test]
async fn no_jobs_are_told_of_to_nobody() {
    let start = Instant::now();
    let none: Vec<std::future::Ready<u64>> = Vec::new();
    let mut told = 0;
    run_all(none, |_, _| told += 1).await;
    check_eq!(told, 0, "how often somebody was told of no jobs");
    check_eq!(start.elapsed(), secs(0), "no jobs");
}

#[kata_test::test]
async fn dropped_it_takes_its_jobs_along() {
    let jobs = Jobs::new();
    let three = [2, 10, 20].map(|seconds| jobs.job(secs(seconds), ()));
    let mut told = 0;
    let ended = timeout(secs(5), run_all(three.into(), |_, _| told += 1)).await;
    check!(ended.is_err(), "jobs of 2, 10 and 20 s were over after 5 s");
    check_eq!(
        told,
        1,
        "of how many ends somebody was told before 5 s had passed"
    );
    // They are dropped when they have their next turn, and that is at once.
    sleep(secs(1)).await;
    check_eq!(
        jobs.under_way(),
        0,
        "how many of 3 jobs were neither over nor dropped, a second after run_all was"
    );
    sleep(secs(60)).await;
    check_eq!(
        jobs.done().len(),
        1,
        "how many of 3 jobs finished, where run_all was dropped after 5 s"
    );
}

#[kata_test::test]
async fn each_is_told_of_once_in_any_order() {
    let work = |value: u32, turns: u32| async move {
        for _ in 0..turns {
            task::yield_now().await;
        }
        if value == 7 {
            panic!("seven");
        }
        value
    };
    let mut told = Vec::new();
    run_all(vec![work(5, 1), work(7, 0), work(9, 1)], |place, end| {
        told.push((place, end))
    })
    .await;
    told.sort_by_key(|(place, _)| *place);
    check_eq!(
        told,
        [(0, Ok(5)), (1, Err(failure("seven"))), (2, Ok(9))],
        "who was told of, in the order of the jobs, where tasks give way to one another"
    );
}
