//! Starts a thread for each of the next few items, waits for all of them, and starts new ones.

use std::thread;

pub fn parallel_map<T, R>(items: &[T], threads: usize, work: impl Fn(&T) -> R + Sync) -> Vec<R>
where
    T: Sync,
    R: Send,
{
    let work = &work;
    let mut results = Vec::new();
    for batch in items.chunks(threads) {
        thread::scope(|scope| {
            let workers: Vec<_> = batch.iter().map(|item| scope.spawn(move || work(item))).collect();
            results.extend(workers.into_iter().map(|worker| worker.join().unwrap()));
        });
    }
    results
}
