//! Deals the work out like cards, every so many items to the same thread, and the caller has a hand, too.

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
    let data = readings(satellites, fetch);
    spread(&data, threads, draw)
}

fn spread<T: Sync, R: Send>(items: &[T], threads: usize, work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let work = &work;
    let stripe =
        move |first: usize| -> Vec<R> { items.iter().skip(first).step_by(threads).map(work).collect() };
    let mut stripes: Vec<std::vec::IntoIter<R>> = thread::scope(|scope| {
        let others: Vec<_> = (1..threads)
            .map(|first| scope.spawn(move || stripe(first)))
            .collect();
        let mine = stripe(0);
        let theirs = others.into_iter().map(|other| other.join().unwrap());
        std::iter::once(mine).chain(theirs).map(Vec::into_iter).collect()
    });
    (0..items.len())
        .map(|place| stripes[place % threads].next().unwrap())
        .collect()
}
