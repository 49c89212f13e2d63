//! Begins to draw when the first data are there, while the others are still being fetched.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, mpsc};
use std::thread;

use crate::tasks;

pub fn readings<R: Send>(stations: &[u32], ask: impl AsyncFn(u32) -> R + Sync) -> Vec<R> {
    tasks::block_on(tasks::join_all(stations.iter().map(|station| ask(*station))))
}

pub fn forecasts<R: Send>(regions: &[u32], threads: usize, compute: impl Fn(u32) -> R + Sync) -> Vec<R> {
    spread(regions, threads, |region| compute(*region))
}

pub fn labels<R: Send>(cities: &[u32], write: impl Fn(u32) -> R + Sync) -> Vec<R> {
    cities.iter().map(|city| write(*city)).collect()
}

pub fn pictures<D: Send + Sync, R: Send>(
    satellites: &[u32],
    threads: usize,
    fetch: impl AsyncFn(u32) -> D + Sync,
    draw: impl Fn(&D) -> R + Sync,
) -> Vec<R> {
    let (come, coming) = mpsc::channel();
    let coming = Mutex::new(coming);
    let pictures = Mutex::new(Vec::new());
    thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                loop {
                    let next = coming.lock().unwrap().recv();
                    let Ok((place, data)) = next else { break };
                    let picture = draw(&data);
                    pictures.lock().unwrap().push((place, picture));
                }
            });
        }
        let fetched = satellites.iter().enumerate().map(async |(place, satellite)| {
            come.send((place, fetch(*satellite).await)).unwrap();
        });
        tasks::block_on(tasks::join_all(fetched));
        drop(come);
    });
    let mut pictures = pictures.into_inner().unwrap();
    pictures.sort_by_key(|(place, _)| *place);
    pictures.into_iter().map(|(_, picture)| picture).collect()
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
