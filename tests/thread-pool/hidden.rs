//! What a `Pool` must do, under every schedule of its threads. Pools of one and two are enough: what goes wrong with
//! ten threads goes wrong with two.

use std::cell::Cell;
use std::num::NonZeroUsize;
use std::panic::panic_any;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, Mutex, mpsc};
use std::thread;

use kata_test::prelude::*;
use thread_pool::{JobHandle, Pool};

fn pool_of(threads: usize) -> Pool {
    Pool::new(NonZeroUsize::new(threads).expect("the tests ask for one or more"))
}

/// Lets time pass, where that costs none: under `cargo test` the clock is a real one.
fn pass(time: Duration) {
    #[expect(clippy::disallowed_methods, reason = "virtual time is exact")]
    if !cfg!(test) {
        thread::sleep(time);
    }
}

/// A result in a form that can be compared: for a panic, its message.
fn told<T>(result: thread::Result<T>) -> Result<T, String> {
    result.map_err(|payload| match payload.downcast_ref::<&str>() {
        Some(message) => (*message).to_owned(),
        None => "another payload than the job's own".to_owned(),
    })
}

#[kata_test::test]
fn results_come_back() {
    let pool = pool_of(1);
    let _threads_may_share_it: &(dyn Send + Sync) = &pool;
    let (go, wait) = mpsc::channel();
    // With their types: what only behaves like a handle is another signature. The first job ends only when its
    // caller, who has submitted two more meanwhile, says so.
    let first: JobHandle<bool> = pool.submit(move || wait.recv().is_ok());
    let number: JobHandle<u32> = pool.submit(|| 6 * 7);
    let text: JobHandle<String> = pool.submit(|| "done".to_owned());
    go.send(()).ok();
    check_eq!(told(text.join()), Ok("done".to_owned()), "the last of three jobs");
    check_eq!(
        told(number.join()),
        Ok(42),
        "the second of three jobs, asked after the last"
    );
    check_eq!(
        told(first.join()),
        Ok(true),
        "a job that waits for a message of its caller"
    );
}

#[kata_test::test]
fn jobs_run_at_once() {
    let pool = pool_of(2);
    let (go, wait) = mpsc::channel();
    // The first job ends only after the second. Both are joined while the pool is there: a drop that wakes everybody
    // could make up for a thread that was not woken for its job.
    let first = pool.submit(move || wait.recv().is_ok());
    let second = pool.submit(move || go.send(()).is_ok());
    check_eq!(
        told(first.join()),
        Ok(true),
        "a job that waits for the one behind it, on two threads"
    );
    check_eq!(told(second.join()), Ok(true), "the job behind it");
}

#[kata_test::test]
fn a_pool_of_one_has_one_thread() {
    let pool = pool_of(1);
    let order = Arc::new(Mutex::new(Vec::new()));
    let jobs = [1, 2, 3].map(|number| {
        let order = Arc::clone(&order);
        pool.submit(move || {
            order.lock().expect("nobody panics under it").push(number);
            thread::current().id()
        })
    });
    let threads = jobs.map(|job| told(job.join()));
    check!(
        !threads.contains(&Ok(thread::current().id())),
        "a job ran on the thread that called submit"
    );
    check!(
        threads.iter().all(|thread| *thread == threads[0]),
        "a pool of one thread ran three jobs on more than one"
    );
    check_eq!(
        *order.lock().expect("nobody panics under it"),
        [1, 2, 3],
        "the order in which a pool of one ran three jobs"
    );
}

#[kata_test::test]
fn the_threads_share_the_work() {
    let done = Arc::new(AtomicU32::new(0));
    let pool = pool_of(4);
    // All four threads wait for something to do by now.
    pass(secs(1));
    let measured = measure(|| {
        // One long job and nine short ones, and the same again: while one thread has the long one, the other three can
        // do the short ones, so that nobody is idle before the end.
        let units = [300, 100, 100, 100, 100, 100, 100, 100, 100, 100];
        let jobs: Vec<_> = units
            .into_iter()
            .cycle()
            .take(20)
            .map(|units| {
                let done = Arc::clone(&done);
                pool.submit(move || {
                    work(units);
                    done.fetch_add(1, Ordering::SeqCst);
                })
            })
            .collect();
        for job in jobs {
            job.join().ok();
        }
    });
    check_eq!(done.load(Ordering::SeqCst), 20, "jobs done, of twenty");
    measured.check_parallelism(4.0, "twenty jobs on four threads");
    check!(
        measured.parallelism() <= 4.0,
        "twenty jobs on four threads: parallelism {:.2}, so more than four ran at once",
        measured.parallelism()
    );
}

/// What a job panics with, and what a learner reads where it reaches the test.
const PANIC: &str = "a job panics, and only its handle is to hear of it";

#[kata_test::test]
fn a_panic_costs_no_thread() {
    let pool = pool_of(1);
    let unlucky: JobHandle<()> = pool.submit(|| panic_any(PANIC));
    let next = pool.submit(|| 2);
    check_eq!(told(unlucky.join()), Err(PANIC.to_owned()), "a job that panics");
    check_eq!(told(next.join()), Ok(2), "the job behind it, on the only thread");
}

#[kata_test::test]
fn drop_finishes_the_queue() {
    let pool = pool_of(1);
    let done = Arc::new(AtomicU32::new(0));
    let count = {
        let done = Arc::clone(&done);
        move || done.fetch_add(1, Ordering::SeqCst) + 1
    };
    // Nobody wants the result of the first one: it is run all the same.
    drop(pool.submit(count.clone()));
    let second = pool.submit(count);
    drop(pool);
    check_eq!(
        done.load(Ordering::SeqCst),
        2,
        "jobs that had run when the pool was dropped, of two"
    );
    check_eq!(
        told(second.join()),
        Ok(2),
        "the result of the second job, asked after the drop"
    );
}

thread_local! {
    /// What a thread of the pool lets go of at its very end, after everything that it was given to run.
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
fn drop_ends_every_thread() {
    let pool = pool_of(2);
    let ended = Arc::new(AtomicBool::new(false));
    let says_so = SaysSo(Arc::clone(&ended));
    // Which of the two threads runs it is open, and the other one is idle.
    drop(pool.submit(move || UNTIL_THE_END.set(Some(says_so))));
    drop(pool);
    check!(
        ended.load(Ordering::SeqCst),
        "a pool of two was dropped, and the thread that had run its only job was still there"
    );
}
