//! The threads draw what the tasks bring them, and the tasks await the pictures.

use std::future::poll_fn;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, mpsc};
use std::task::{Poll, Waker};
use std::thread;

use crate::tasks;

pub fn readings<R: Send>(stations: &[u32], ask: impl AsyncFn(u32) -> R + Sync) -> Vec<R> {
    tasks::block_on(tasks::join_all(stations.iter().map(|station| ask(*station))))
}

pub fn forecasts<R: Send>(regions: &[u32], threads: usize, compute: impl Fn(u32) -> R + Sync) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let slots: Vec<Mutex<Option<R>>> = regions.iter().map(|_| Mutex::new(None)).collect();
    let worker = || {
        loop {
            let place = next.fetch_add(1, Ordering::SeqCst);
            let Some(region) = regions.get(place) else { return };
            let forecast = compute(*region);
            *slots[place].lock().unwrap() = Some(forecast);
        }
    };
    thread::scope(|scope| {
        for _ in 1..threads {
            scope.spawn(worker);
        }
        worker();
    });
    slots
        .into_iter()
        .flat_map(|slot| slot.into_inner().unwrap())
        .collect()
}

pub fn labels<R: Send>(cities: &[u32], write: impl Fn(u32) -> R + Sync) -> Vec<R> {
    let mut labels = Vec::new();
    for city in cities {
        labels.push(write(*city));
    }
    labels
}

/// A picture that is yet to come, and who waits for it.
type Easel<R> = Mutex<(Option<R>, Option<Waker>)>;

pub fn pictures<D: Send + Sync, R: Send>(
    satellites: &[u32],
    threads: usize,
    fetch: impl AsyncFn(u32) -> D + Sync,
    draw: impl Fn(&D) -> R + Sync,
) -> Vec<R> {
    let easels: Vec<Easel<R>> = satellites.iter().map(|_| Mutex::new((None, None))).collect();
    let (bring, brought) = mpsc::channel::<(&Easel<R>, D)>();
    let brought = Mutex::new(brought);
    thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                loop {
                    let next = brought.lock().unwrap().recv();
                    let Ok((easel, data)) = next else { return };
                    let picture = draw(&data);
                    let waker = {
                        let mut easel = easel.lock().unwrap();
                        easel.0 = Some(picture);
                        easel.1.take()
                    };
                    if let Some(waker) = waker {
                        waker.wake();
                    }
                }
            });
        }
        let drawn = satellites.iter().zip(&easels).map(async |(satellite, easel)| {
            let data = fetch(*satellite).await;
            bring.send((easel, data)).unwrap();
            poll_fn(|context| {
                let mut easel = easel.lock().unwrap();
                if let Some(picture) = easel.0.take() {
                    return Poll::Ready(picture);
                }
                easel.1 = Some(context.waker().clone());
                Poll::Pending
            })
            .await
        });
        let pictures = tasks::block_on(tasks::join_all(drawn));
        drop(bring);
        pictures
    })
}
