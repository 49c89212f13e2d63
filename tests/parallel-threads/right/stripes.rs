//! Deals the items out like cards: the dear ones spread over all hands, and nobody has to take turns.

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
                let stripe = items.iter().skip(first).step_by(threads);
                scope.spawn(move || stripe.map(work).collect::<Vec<R>>())
            })
            .collect();
        let mut stripes: Vec<_> = stripes
            .into_iter()
            .map(|stripe| stripe.join().unwrap().into_iter())
            .collect();
        (0..items.len())
            .filter_map(|place| stripes[place % threads].next())
            .collect()
    })
}
