//! A thread does all the fetching, while its caller and the others draw what has come.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Condvar, Mutex};
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
    let (come, more) = (Mutex::new((Vec::new(), satellites.len())), Condvar::new());
    let pictures = Mutex::new(Vec::new());
    let painter = || {
        loop {
            let mut queue = more
                .wait_while(come.lock().unwrap(), |(data, left)| data.is_empty() && *left > 0)
                .unwrap();
            let Some((place, data)) = queue.0.pop() else {
                return;
            };
            drop(queue);
            let picture = draw(&data);
            pictures.lock().unwrap().push((place, picture));
        }
    };
    thread::scope(|scope| {
        scope.spawn(|| {
            tasks::block_on(tasks::join_all(satellites.iter().enumerate().map(
                async |(place, satellite)| {
                    let data = fetch(*satellite).await;
                    let mut queue = come.lock().unwrap();
                    queue.0.push((place, data));
                    queue.1 -= 1;
                    // The last one ends the wait of all.
                    if queue.1 == 0 {
                        more.notify_all()
                    } else {
                        more.notify_one()
                    }
                },
            )));
        });
        for _ in 1..threads {
            scope.spawn(painter);
        }
        painter();
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
