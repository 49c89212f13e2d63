//! Leaves out what a thread that panicked had to say.

use std::thread;

pub fn parallel_map<T, R>(items: &[T], threads: usize, work: impl Fn(&T) -> R + Sync) -> Vec<R>
where
    T: Sync,
    R: Send,
{
    let work = &work;
    thread::scope(|scope| {
        let stripes: Vec<_> = (0..threads)
            .map(|first| {
                let stripe = items.iter().enumerate().skip(first).step_by(threads);
                scope.spawn(move || stripe.map(|(place, item)| (place, work(item))).collect())
            })
            .collect();
        let mut results: Vec<_> = stripes
            .into_iter()
            .filter_map(|stripe| stripe.join().ok())
            .flat_map(|stripe: Vec<_>| stripe)
            .collect();
        results.sort_by_key(|(place, _)| *place);
        results.into_iter().map(|(_, result)| result).collect()
    })
}
