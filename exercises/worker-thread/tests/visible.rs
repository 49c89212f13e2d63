//! Tests to run while you work: `cargo test -p worker-thread`. `kata check` runs more.

use std::sync::mpsc;
use std::thread;

use worker_thread::Worker;

#[test]
fn jobs_give_their_results() {
    let worker = Worker::new();
    let squares = [1, 2, 3].map(|n| worker.run(move || n * n));
    assert_eq!(squares.map(|square| square.join().unwrap()), [1, 4, 9]);
}

#[test]
fn a_job_does_not_run_on_the_callers_thread() {
    let worker = Worker::new();
    let thread_of_the_job = worker.run(|| thread::current().id()).join().unwrap();
    assert_ne!(thread_of_the_job, thread::current().id());
}

#[test]
fn what_was_handed_over_is_done_when_the_worker_is_gone() {
    let (sender, receiver) = mpsc::channel();
    {
        let worker = Worker::new();
        worker.run(move || sender.send("done"));
    }
    assert_eq!(receiver.try_recv(), Ok("done"));
}

#[test]
fn a_panic_stays_with_its_job() {
    let worker = Worker::new();
    let [fine, unlucky, fine_again] = [2, 0, 5].map(|n| worker.run(move || 10 / n));
    assert!(matches!(fine.join(), Ok(5)));
    assert!(unlucky.join().is_err());
    assert!(matches!(fine_again.join(), Ok(2)));
}
