//! Tests to run while you work: `cargo test -p spawn-join`. `kata check` runs more.

use std::thread;

use spawn_join::run_all;

#[test]
fn results_are_in_the_order_of_the_jobs() {
    let jobs: Vec<_> = (1..=3).map(|n| move || n * n).collect();
    let squares: Vec<i32> = run_all(jobs).into_iter().map(Result::unwrap).collect();
    assert_eq!(squares, [1, 4, 9]);
}

#[test]
fn a_job_does_not_run_on_the_callers_thread() {
    let mut results = run_all(vec![|| thread::current().id()]);
    let thread_of_the_job = results.remove(0).unwrap();
    assert_ne!(thread_of_the_job, thread::current().id());
}

#[test]
fn a_panic_stays_with_its_job() {
    let jobs: Vec<_> = [1, 0].into_iter().map(|n| move || 10 / n).collect();
    let results = run_all(jobs);
    assert!(matches!(results[0], Ok(10)));
    assert!(results[1].is_err());
}
