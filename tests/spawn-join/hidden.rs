//! What `run_all` must do. No test reads a clock: on the ideal machine, work is counted in units; elsewhere jobs meet, or
//! wait for one another, and code that does not let them stands still until its limit ends it.

use std::cell::Cell;
use std::collections::HashSet;
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Barrier};
use std::thread;

use kata_test::prelude::*;
use spawn_join::run_all;

type Job<T> = Box<dyn FnOnce() -> T + Send>;

/// A result in a form that can be compared: for a panic, its message.
fn told<T>(result: thread::Result<T>) -> Result<T, String> {
    result.map_err(|payload| match payload.downcast_ref::<&str>() {
        Some(message) => (*message).to_owned(),
        None => "another payload than the job's own".to_owned(),
    })
}

#[kata_test::test]
fn each_job_has_a_thread_of_its_own() {
    let jobs: Vec<_> = (0..4).map(|_| || thread::current().id()).collect();
    let threads: Vec<_> = run_all(jobs).into_iter().flatten().collect();
    check_eq!(threads.len(), 4, "results of four jobs");
    check!(
        !threads.contains(&thread::current().id()),
        "a job ran on the thread that called run_all"
    );
    let different: HashSet<_> = threads.into_iter().collect();
    check_eq!(different.len(), 4, "different threads that ran the four jobs");
}

#[kata_test::test]
fn eight_jobs_take_as_long_as_one() {
    let jobs: Vec<_> = (0..8)
        .map(|number| {
            move || {
                work(100);
                number
            }
        })
        .collect();
    let measured = measure(|| run_all(jobs));
    measured.check_parallelism(8.0, "eight jobs, each of 100 units of work");
    let results: Vec<_> = measured.value.into_iter().map(told).collect();
    let expected: Vec<_> = (0..8).map(Ok).collect();
    check_eq!(
        results,
        expected,
        "eight jobs that return their numbers, from 0 on"
    );
}

#[kata_test::test]
fn all_jobs_run_at_once() {
    // Nobody passes before all of them are there. So many that threads in batches do not pass on any machine that
    // has fewer cores.
    let all_here = Arc::new(Barrier::new(48));
    let jobs: Vec<_> = (0..48)
        .map(|_| Arc::clone(&all_here))
        .map(|all_here| move || all_here.wait().is_leader())
        .collect();
    let met = run_all(jobs).into_iter().flatten().count();
    check_eq!(met, 48, "jobs that met, of forty-eight");
}

thread_local! {
    /// What the thread lets go of at its very end, after everything that it was given to run.
    static UNTIL_THE_END: Cell<Option<Sender<()>>> = const { Cell::new(None) };
}

/// A job that waits until `other`, another job's thread, has ended, and then does `work`. The receiver tells
/// the end of its own thread. So a chain of such jobs ends in one order only, whatever the machine does.
fn job_after(
    other: Option<Receiver<()>>,
    work: impl FnOnce() -> u32 + Send + 'static,
) -> (Job<u32>, Receiver<()>) {
    let (alive, ended) = mpsc::channel();
    let job = move || {
        UNTIL_THE_END.set(Some(alive));
        // Nothing is ever sent: this returns when the other thread's sender is gone.
        if let Some(other) = other {
            other.recv().ok();
        }
        work()
    };
    (Box::new(job), ended)
}

#[kata_test::test]
fn results_keep_the_order_of_the_jobs() {
    let (third, third_ended) = job_after(None, || 3);
    let (second, second_ended) = job_after(Some(third_ended), || 2);
    let (first, _) = job_after(Some(second_ended), || 1);
    let results: Vec<_> = run_all(vec![first, second, third])
        .into_iter()
        .map(told)
        .collect();
    check_eq!(results, [Ok(1), Ok(2), Ok(3)], "the last job ends first");
}

#[kata_test::test]
fn a_panic_stays_with_its_job() {
    // They end in the order of the jobs: whether results keep their order is not the question here.
    let (first, first_ended) = job_after(None, || 1);
    let (second, second_ended) = job_after(Some(first_ended), || panic!("the second job is out of luck"));
    let (third, _) = job_after(Some(second_ended), || 3);
    let results: Vec<_> = run_all(vec![first, second, third])
        .into_iter()
        .map(told)
        .collect();
    check_eq!(
        results,
        [Ok(1), Err("the second job is out of luck".to_owned()), Ok(3)],
        "the second job panics"
    );
}

#[kata_test::test]
fn no_jobs_give_no_results() {
    let jobs: Vec<Job<u32>> = Vec::new();
    // With its type: what only behaves like a list of results is another signature.
    let results: Vec<thread::Result<u32>> = run_all(jobs);
    check_eq!(results.len(), 0, "results of no jobs at all");
}
