//! Tests to run while you work: `cargo test -p thread-pool`. `kata check` runs more.

use std::collections::HashSet;
use std::num::NonZeroUsize;
use std::sync::{Arc, Barrier};
use std::thread;

use thread_pool::Pool;

fn pool_of(threads: usize) -> Pool {
    Pool::new(NonZeroUsize::new(threads).expect("the tests ask for one or more"))
}

#[test]
fn jobs_give_their_results() {
    let pool = pool_of(2);
    let squares = [1, 2, 3].map(|n| pool.submit(move || n * n));
    assert_eq!(squares.map(|square| square.join().unwrap()), [1, 4, 9]);
}

/// If they do not, this test never ends.
#[test]
fn three_jobs_run_at_once_on_three_threads() {
    let pool = pool_of(3);
    let all_here = Arc::new(Barrier::new(3));
    let jobs = [(); 3].map(|()| {
        let all_here = Arc::clone(&all_here);
        pool.submit(move || {
            all_here.wait();
        })
    });
    assert!(jobs.map(|job| job.join().is_ok()).into_iter().all(|met| met));
}

#[test]
fn a_hundred_jobs_run_on_no_more_than_four_threads() {
    let pool = pool_of(4);
    let jobs: Vec<_> = (0..100).map(|_| pool.submit(|| thread::current().id())).collect();
    let threads: HashSet<_> = jobs.into_iter().map(|job| job.join().unwrap()).collect();
    assert!(threads.len() <= 4, "{} threads", threads.len());
}
