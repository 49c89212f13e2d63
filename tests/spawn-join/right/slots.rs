//! A slot per job, filled by its thread and read when all are joined.

use std::panic::{self, AssertUnwindSafe};
use std::sync::{Arc, Mutex};
use std::thread;

pub fn run_all<T, F>(jobs: Vec<F>) -> Vec<thread::Result<T>>
where
    F: FnOnce() -> T + Send + 'static,
    T: Send + 'static,
{
    let slots: Vec<_> = jobs.iter().map(|_| Arc::new(Mutex::new(None))).collect();
    let threads: Vec<_> = jobs
        .into_iter()
        .zip(&slots)
        .map(|(job, slot)| {
            let slot = Arc::clone(slot);
            thread::spawn(move || {
                let result = panic::catch_unwind(AssertUnwindSafe(job));
                *slot.lock().expect("no job runs under the lock") = Some(result);
            })
        })
        .collect();
    for thread in threads {
        thread.join().expect("the thread catches its job's panic");
    }
    slots
        .into_iter()
        .map(|slot| slot.lock().expect("the thread is done with it").take())
        .map(|result| result.expect("a joined thread has filled its slot"))
        .collect()
}
