//! Four jobs, and a tool for each: tasks, threads, both, or none.

use std::panic;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use crate::tasks;

/// Asks all stations what they measure, and returns their answers in the order of the stations.
///
/// ```
/// use std::time::Duration;
///
/// use right_tool::{readings, tasks};
///
/// let degrees = readings(&[3, 1, 2], async |station: u32| {
///     tasks::sleep(Duration::from_millis(10)).await;
///     10 + station
/// });
/// assert_eq!(degrees, [13, 11, 12]);
/// ```
pub fn readings<R: Send>(stations: &[u32], ask: impl AsyncFn(u32) -> R + Sync) -> Vec<R> {
    // All of it is waiting, and one thread can wait for any number of answers.
    tasks::block_on(tasks::join_all(stations.iter().map(|station| ask(*station))))
}

/// Computes the forecast of each region, on at most so many `threads`, and returns them in the order of the regions.
///
/// ```
/// use right_tool::forecasts;
///
/// assert_eq!(forecasts(&[2, 3, 5], 2, |region| (1..=region).product::<u32>()), [2, 6, 120]);
/// ```
pub fn forecasts<R: Send>(regions: &[u32], threads: usize, compute: impl Fn(u32) -> R + Sync) -> Vec<R> {
    spread(regions, threads, |region| compute(*region))
}

/// Writes the label of each city on the map, and returns them in the order of the cities.
///
/// ```
/// use right_tool::labels;
///
/// assert_eq!(labels(&[19, 7], |degrees| format!("{degrees} °C")), ["19 °C", "7 °C"]);
/// ```
pub fn labels<R: Send>(cities: &[u32], write: impl Fn(u32) -> R + Sync) -> Vec<R> {
    // Done before another thread would have begun.
    cities.iter().map(|city| write(*city)).collect()
}

/// Fetches the data of each satellite and draws a picture from them, on at most so many `threads`; returns the
/// pictures in the order of the satellites.
///
/// ```
/// use std::time::Duration;
///
/// use right_tool::{pictures, tasks};
///
/// let fetch = async |satellite: u32| {
///     tasks::sleep(Duration::from_millis(10)).await;
///     vec![satellite; 3]
/// };
/// let draw = |data: &Vec<u32>| data.iter().sum::<u32>();
/// assert_eq!(pictures(&[1, 2], 4, fetch, draw), [3, 6]);
/// ```
pub fn pictures<D: Send + Sync, R: Send>(
    satellites: &[u32],
    threads: usize,
    fetch: impl AsyncFn(u32) -> D + Sync,
    draw: impl Fn(&D) -> R + Sync,
) -> Vec<R> {
    // Each half has its tool. Nothing is drawn before the last answer is there; a pipeline could begin sooner.
    let data = readings(satellites, fetch);
    spread(&data, threads, draw)
}

/// Calls `work` for each of the `items`, on at most so many `threads`, whoever is free taking the next one.
fn spread<T: Sync, R: Send>(items: &[T], threads: usize, work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let worker = || {
        let mut results = Vec::new();
        loop {
            let place = next.fetch_add(1, Ordering::Relaxed);
            match items.get(place) {
                Some(item) => results.push((place, work(item))),
                None => return results,
            }
        }
    };

    let mut results = Vec::with_capacity(items.len());
    thread::scope(|scope| {
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
