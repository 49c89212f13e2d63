//! What a `Worker` must do, under every schedule of its thread and of those who hand it jobs.

use std::cell::Cell;
use std::panic::panic_any;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, Mutex, mpsc};
use std::thread;

use kata_test::prelude::*;
use worker_thread::{JobHandle, Worker};

/// A result in a form that can be compared: for a panic, its message.
fn told<T>(result: thread::Result<T>) -> Result<T, String> {
    result.map_err(|payload| match payload.downcast_ref::<&str>() {
        Some(message) => (*message).to_owned(),
        None => "another payload than the job's own".to_owned(),
    })
}

#[kata_test::test]
fn results_come_back() {
    let worker = Worker::new();
    // With their types: what only behaves like a handle is another signature.
    let number: JobHandle<u32> = worker.run(|| 6 * 7);
    let text: JobHandle<String> = worker.run(|| "done".to_owned());
    check_eq!(told(text.join()), Ok("done".to_owned()), "the second of two jobs");
    let elsewhere = thread::spawn(move || told(number.join()));
    let number = elsewhere.join().expect("to join a job does not panic");
    check_eq!(
        number,
        Ok(42),
        "the first of two jobs, asked last and by another thread"
    );
}

#[kata_test::test]
fn all_jobs_run_on_its_own_thread() {
    let worker = Worker::new();
    let [one, two] = [(); 2].map(|()| worker.run(|| thread::current().id()));
    let (one, two) = (told(one.join()), told(two.join()));
    check!(
        one != Ok(thread::current().id()),
        "a job ran on the thread that called run"
    );
    check!(one == two, "two jobs of one worker ran on two different threads");
}

#[kata_test::test]
fn run_returns_at_once() {
    let worker = Worker::new();
    let (go, wait) = mpsc::channel();
    // The first job ends only when its caller, who has handed over two more meanwhile, says so.
    let first = worker.run(move || wait.recv().is_ok());
    let others = [2, 3].map(|number| worker.run(move || number));
    go.send(()).ok();
    check_eq!(
        told(first.join()),
        Ok(true),
        "a job that waits for a message of its caller"
    );
    let others = others.map(|job| told(job.join()));
    check_eq!(others, [Ok(2), Ok(3)], "the two jobs behind it");
}

#[kata_test::test]
fn jobs_run_in_order() {
    let worker = Worker::new();
    let order = Arc::new(Mutex::new(Vec::new()));
    let jobs = [1, 2, 3].map(|number| {
        let order = Arc::clone(&order);
        worker.run(move || order.lock().expect("nobody panics under it").push(number))
    });
    for job in jobs {
        check!(job.join().is_ok(), "a job that only notes its number panicked");
    }
    check_eq!(
        *order.lock().expect("nobody panics under it"),
        [1, 2, 3],
        "the order in which three jobs ran"
    );
}

#[kata_test::test]
fn threads_share_a_worker() {
    let worker = Arc::new(Worker::new());
    let other = thread::spawn({
        let worker = Arc::clone(&worker);
        move || told(worker.run(|| "theirs").join())
    });
    let mine = told(worker.run(|| "mine").join());
    check_eq!(mine, Ok("mine"), "the result of one of two callers");
    let theirs = other.join().expect("to hand over a job does not panic");
    check_eq!(theirs, Ok("theirs"), "the result of the other of two callers");
}

/// What a job panics with, and what a learner reads where it reaches the test.
const PANIC: &str = "a job panics, and only its handle is to hear of it";

#[kata_test::test]
fn a_panic_stays_with_its_job() {
    let worker = Worker::new();
    let before = worker.run(|| thread::current().id());
    let unlucky: JobHandle<()> = worker.run(|| panic_any(PANIC));
    let after = worker.run(|| thread::current().id());
    check_eq!(told(unlucky.join()), Err(PANIC.to_owned()), "a job that panics");
    let (before, after) = (told(before.join()), told(after.join()));
    check!(after.is_ok(), "the job after one that panicked gave no result");
    check!(
        before == after,
        "the jobs before and after one that panicked ran on two different threads"
    );
}

#[kata_test::test]
fn drop_finishes_the_queue() {
    let worker = Worker::new();
    let done = Arc::new(AtomicU32::new(0));
    let count = {
        let done = Arc::clone(&done);
        move || done.fetch_add(1, Ordering::SeqCst) + 1
    };
    // Nobody wants the result of the first one: it is run all the same.
    drop(worker.run(count.clone()));
    let second = worker.run(count);
    drop(worker);
    check_eq!(
        done.load(Ordering::SeqCst),
        2,
        "jobs that had run when the worker was dropped, of two"
    );
    check_eq!(
        told(second.join()),
        Ok(2),
        "the result of the second job, asked after the drop"
    );
}

thread_local! {
    /// What the worker's thread lets go of at its very end, after everything that it was given to run.
    static UNTIL_THE_END: Cell<Option<SaysSo>> = const { Cell::new(None) };
}

/// Says so when it is dropped.
struct SaysSo(Arc<AtomicBool>);

impl Drop for SaysSo {
    fn drop(&mut self) {
        self.0.store(true, Ordering::SeqCst);
    }
}

#[kata_test::test]
fn drop_ends_the_thread() {
    let worker = Worker::new();
    let ended = Arc::new(AtomicBool::new(false));
    let says_so = SaysSo(Arc::clone(&ended));
    drop(worker.run(move || UNTIL_THE_END.set(Some(says_so))));
    drop(worker);
    check!(
        ended.load(Ordering::SeqCst),
        "the worker was dropped, and its thread was still there"
    );
    // And one that never had anything to do.
    drop(Worker::new());
}
