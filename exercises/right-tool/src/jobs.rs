//! Four jobs, and a tool for each: tasks, threads, both, or none.

use crate::tasks;

/// Asks all stations what they measure, and returns their answers in the order of the stations.
///
/// Each takes its time to answer, and there are thousands of them.
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
    // The answers are right, and in order. But nobody is asked before the last one has answered.
    stations
        .iter()
        .map(|station| tasks::block_on(ask(*station)))
        .collect()
}

/// Computes the forecast of each region, on at most so many `threads`, and returns them in the order of the regions.
///
/// Each is hard work, for some regions far more than for others.
///
/// ```
/// use right_tool::forecasts;
///
/// assert_eq!(forecasts(&[2, 3, 5], 2, |region| (1..=region).product::<u32>()), [2, 6, 120]);
/// ```
pub fn forecasts<R: Send>(regions: &[u32], _threads: usize, compute: impl Fn(u32) -> R + Sync) -> Vec<R> {
    // One thread does it all.
    regions.iter().map(|region| compute(*region)).collect()
}

/// Writes the label of each city on the map, and returns them in the order of the cities.
///
/// There are a few of them, and each is written in less than a microsecond.
///
/// ```
/// use right_tool::labels;
///
/// assert_eq!(labels(&[19, 7], |degrees| format!("{degrees} °C")), ["19 °C", "7 °C"]);
/// ```
pub fn labels<R: Send>(cities: &[u32], write: impl Fn(u32) -> R + Sync) -> Vec<R> {
    cities.iter().map(|city| write(*city)).collect()
}

/// Fetches the data of each satellite and draws a picture from them, on at most so many `threads`; returns the
/// pictures in the order of the satellites.
///
/// To fetch is to wait; to draw is hard work.
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
    _threads: usize,
    fetch: impl AsyncFn(u32) -> D + Sync,
    draw: impl Fn(&D) -> R + Sync,
) -> Vec<R> {
    // They come together, but each is drawn by the thread on which the others wait.
    let both = async |satellite| draw(&fetch(satellite).await);
    tasks::block_on(tasks::join_all(
        satellites.iter().map(|satellite| both(*satellite)),
    ))
}
