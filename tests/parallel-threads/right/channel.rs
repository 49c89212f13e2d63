//! Items go out through a channel, whose receiver the workers share; each comes home with what it has worked out.

use std::sync::{Mutex, mpsc};
use std::thread;

pub fn parallel_map<T, R>(items: &[T], threads: usize, work: impl Fn(&T) -> R + Sync) -> Vec<R>
where
    T: Sync,
    R: Send,
{
    let (to_do, taken) = mpsc::channel();
    for numbered in items.iter().enumerate() {
        to_do.send(numbered).unwrap();
    }
    drop(to_do); // when all are taken, there are no more
    let taken = Mutex::new(taken);
    let worker = || {
        let mut results = Vec::new();
        loop {
            let next = taken.lock().unwrap().recv();
            match next {
                Ok((place, item)) => results.push((place, work(item))),
                Err(_) => return results,
            }
        }
    };
    let mut results: Vec<_> = thread::scope(|scope| {
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(worker)).collect();
        workers
            .into_iter()
            .flat_map(|worker| worker.join().unwrap())
            .collect()
    });
    results.sort_by_key(|(place, _)| *place);
    results.into_iter().map(|(_, result)| result).collect()
}
