//! Spawns and joins in one chain of lazy iterators, so each thread is joined before the next is spawned.

use std::thread;

pub fn parallel_map<T, R>(items: &[T], threads: usize, work: impl Fn(&T) -> R + Sync) -> Vec<R>
where
    T: Sync,
    R: Send,
{
    let work = &work;
    thread::scope(|scope| {
        let stripes: Vec<Vec<R>> = (0..threads)
            .map(|first| {
                let stripe = items.iter().skip(first).step_by(threads);
                scope.spawn(move || stripe.map(work).collect())
            })
            .map(|worker| worker.join().unwrap())
            .collect();
        let mut stripes: Vec<_> = stripes.into_iter().map(Vec::into_iter).collect();
        (0..items.len())
            .map(|place| stripes[place % threads].next().unwrap())
            .collect()
    })
}
