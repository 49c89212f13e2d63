//! Starts a thread beside the labels, which it writes here.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use crate::tasks;

pub fn readings<R: Send>(stations: &[u32], ask: impl AsyncFn(u32) -> R + Sync) -> Vec<R> {
    tasks::block_on(tasks::join_all(stations.iter().map(|station| ask(*station))))
}

pub fn forecasts<R: Send>(regions: &[u32], threads: usize, compute: impl Fn(u32) -> R + Sync) -> Vec<R> {
    spread(regions, threads, |region| compute(*region))
}

pub fn labels<R: Send>(cities: &[u32], write: impl Fn(u32) -> R + Sync) -> Vec<R> {
    let (some, others) = cities.split_at(cities.len() / 2);
    thread::scope(|scope| {
        // Meant for the others, which came to be written here.
        scope.spawn(|| others.len());
        some.iter().chain(others).map(|city| write(*city)).collect()
    })
}

pub fn pictures<D: Send + Sync, R: Send>(
    satellites: &[u32],
    threads: usize,
    fetch: impl AsyncFn(u32) -> D + Sync,
    draw: impl Fn(&D) -> R + Sync,
) -> Vec<R> {
    let data = readings(satellites, fetch);
    spread(&data, threads, draw)
}

fn spread<T: Sync, R: Send>(items: &[T], threads: usize, work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let results = Mutex::new(Vec::new());
    thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                while let Some((place, item)) = take(items, &next) {
                    let result = work(item);
                    results.lock().unwrap().push((place, result));
                }
            });
        }
    });
    let mut results = results.into_inner().unwrap();
    results.sort_by_key(|(place, _)| *place);
    results.into_iter().map(|(_, result)| result).collect()
}

fn take<'t, T>(items: &'t [T], next: &AtomicUsize) -> Option<(usize, &'t T)> {
    let place = next.fetch_add(1, Ordering::Relaxed);
    Some((place, items.get(place)?))
}
