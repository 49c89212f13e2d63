//! Polls the answers itself, and asks those only whose waker was called.

use std::collections::BTreeSet;
use std::future::poll_fn;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Wake, Waker};
use std::thread;

use crate::tasks;

struct Woken {
    place: usize,
    ready: Arc<Mutex<BTreeSet<usize>>>,
    whole: Waker,
}

impl Wake for Woken {
    fn wake(self: Arc<Self>) {
        self.ready.lock().unwrap().insert(self.place);
        self.whole.wake_by_ref();
    }
}

pub fn readings<R: Send>(stations: &[u32], ask: impl AsyncFn(u32) -> R + Sync) -> Vec<R> {
    let mut waiting: Vec<_> = stations.iter().map(|station| Box::pin(ask(*station))).collect();
    let mut answers: Vec<Option<R>> = stations.iter().map(|_| None).collect();
    let ready = Arc::new(Mutex::new((0..stations.len()).collect::<BTreeSet<usize>>()));
    tasks::block_on(poll_fn(|context| {
        let now: Vec<usize> = std::mem::take(&mut *ready.lock().unwrap()).into_iter().collect();
        for place in now {
            let waker = Waker::from(Arc::new(Woken {
                place,
                ready: Arc::clone(&ready),
                whole: context.waker().clone(),
            }));
            let mut own = Context::from_waker(&waker);
            if answers[place].is_none()
                && let Poll::Ready(answer) = waiting[place].as_mut().poll(&mut own)
            {
                answers[place] = Some(answer);
            }
        }
        if answers.iter().all(Option::is_some) {
            Poll::Ready(())
        } else {
            Poll::Pending
        }
    }));
    answers.into_iter().flatten().collect()
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
