//! Spread work over threads, however uneven it is, and bring the results home in order.

use std::panic;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// Calls `work` for each of the `items`, on at most so many `threads`, and returns the results in the order of the
/// items.
///
/// ```
/// use parallel_threads::parallel_map;
///
/// /// How many steps it takes to come down to 1: for some numbers many, for others few.
/// fn steps(number: &u64) -> u32 {
///     let (mut number, mut steps) = (*number, 0);
///     while number > 1 {
///         number = if number % 2 == 0 { number / 2 } else { 3 * number + 1 };
///         steps += 1;
///     }
///     steps
/// }
///
/// assert_eq!(parallel_map(&[1, 8, 27, 64], 2, steps), [0, 3, 111, 6]);
/// ```
pub fn parallel_map<T, R>(items: &[T], threads: usize, work: impl Fn(&T) -> R + Sync) -> Vec<R>
where
    T: Sync,
    R: Send,
{
    // No shares: whoever is free takes the next item, so nobody is idle as long as there is something to do.
    let next = AtomicUsize::new(0);
    let worker = || {
        // What this thread has worked out, each with its place. Nothing is shared until it is through.
        let mut results = Vec::new();
        loop {
            // One step, so no item is taken twice.
            let place = next.fetch_add(1, Ordering::Relaxed);
            match items.get(place) {
                Some(item) => results.push((place, work(item))),
                None => return results,
            }
        }
    };

    let mut results = Vec::with_capacity(items.len());
    thread::scope(|scope| {
        // More threads than items would have nothing to do.
        let workers: Vec<_> = (0..threads.min(items.len()))
            .map(|_| scope.spawn(worker))
            .collect();
        for thread in workers {
            match thread.join() {
                Ok(some) => results.extend(some),
                Err(panicked) => panic::resume_unwind(panicked),
            }
        }
    });
    results.sort_unstable_by_key(|(place, _)| *place);
    results.into_iter().map(|(_, result)| result).collect()
}
